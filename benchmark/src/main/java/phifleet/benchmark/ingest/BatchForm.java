package phifleet.benchmark.ingest;

import java.io.IOException;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** A batch of files as a form, each behind a part with its name. */
final class BatchForm {
    private final String boundary = "phi-" + UUID.randomUUID();
    private final List<BodyPublisher> parts = new ArrayList<>();
    private final List<String> names = new ArrayList<>();
    private long bytes;

    String type() {
        return "multipart/form-data; boundary=" + boundary;
    }

    void add(String name, Path file) throws IOException {
        if (!Files.isReadable(file)) {
            throw new IOException("cannot be read");
        }
        BodyPublisher content = BodyPublishers.ofFile(file);
        names.add(name);
        bytes += Files.size(file);
        parts.add(text(
                "--" + boundary + "\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\n" + name + "\r\n--" + boundary
                        + "\r\nContent-Disposition: form-data; name=\"images\"; filename=\"image\"\r\n"
                        + "Content-Type: application/octet-stream\r\n\r\n"));
        parts.add(content);
        parts.add(text("\r\n"));
    }

    /** The names of its files, in their order. */
    List<String> names() {
        return names;
    }

    /** Of the files. */
    long bytes() {
        return bytes;
    }

    /** Of the whole form; files are read as they are sent. */
    BodyPublisher body() {
        List<BodyPublisher> all = new ArrayList<>(parts);
        all.add(text("--" + boundary + "--\r\n"));
        return BodyPublishers.concat(all.toArray(BodyPublisher[]::new));
    }

    private static BodyPublisher text(String text) {
        return BodyPublishers.ofByteArray(text.getBytes(StandardCharsets.UTF_8));
    }
}
