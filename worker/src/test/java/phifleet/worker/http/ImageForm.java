package phifleet.worker.http;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** A form of images as curl sends it. */
final class ImageForm {
    static final String TYPE = "multipart/form-data; boundary=xyz";
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    ImageForm field(String name, String value) {
        text("--xyz\r\nContent-Disposition: form-data; name=\"" + name + "\"\r\n\r\n" + value + "\r\n");
        return this;
    }

    ImageForm file(String filename, byte[] bytes) {
        text("--xyz\r\nContent-Disposition: form-data; name=\"images\"; filename=\"" + filename
                + "\"\r\nContent-Type: image/png\r\n\r\n");
        out.writeBytes(bytes);
        text("\r\n");
        return this;
    }

    byte[] whole() {
        text("--xyz--\r\n");
        return out.toByteArray();
    }

    byte[] cut() {
        return out.toByteArray();
    }

    private void text(String text) {
        out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
    }
}
