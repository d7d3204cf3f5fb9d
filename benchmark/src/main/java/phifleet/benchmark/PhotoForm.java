package phifleet.benchmark;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Files as browsers and most clients send them. */
final class PhotoForm {
    private static final String BOUNDARY = "photos-of-a-form";

    private PhotoForm() {}

    /** {@code POST /ingest} with these files as {@code images}. */
    static Call call(List<Path> files, AnswerCheck check) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Path file : files) {
            write(
                    body,
                    "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"images\"; filename=\""
                            + file.getFileName() + "\"\r\nContent-Type: application/octet-stream\r\n\r\n");
            body.write(Files.readAllBytes(file));
            write(body, "\r\n");
        }
        write(body, "--" + BOUNDARY + "--\r\n");
        Map<String, String> headers = Map.of("Content-Type", "multipart/form-data; boundary=" + BOUNDARY);
        return Call.of("form", "POST", "/ingest", headers, body.toByteArray(), check);
    }

    private static void write(ByteArrayOutputStream body, String text) throws IOException {
        body.write(text.getBytes(StandardCharsets.US_ASCII));
    }
}
