package phifleet.worker.phi;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** A file that a person names: read whole, or refused in one line. */
record NamedFile(Path path) {
    byte[] bytes() throws FleetClient.Refusal {
        return read(Files::readAllBytes);
    }

    /** Of a text in UTF-8. */
    List<String> lines() throws FleetClient.Refusal {
        return read(file -> Files.readAllLines(file, StandardCharsets.UTF_8));
    }

    private <T> T read(Reader<T> reader) throws FleetClient.Refusal {
        try {
            return reader.read(path);
        } catch (IOException e) {
            throw new FleetClient.Refusal(path + " cannot be read: " + reason(e));
        }
    }

    private static String reason(IOException failure) {
        return switch (failure) {
            case NoSuchFileException _ -> "there is no such file";
            case AccessDeniedException _ -> "permission denied";
            case CharacterCodingException _ -> "it is no text in UTF-8";
            default -> String.valueOf(failure.getMessage());
        };
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(Path file) throws IOException;
    }
}
