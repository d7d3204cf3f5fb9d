package phifleet.worker;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import phifleet.inference.vision.ImageFiles;

/** Every mistake with an image's file. */
final class ImageMistakes {
    private ImageMistakes() {}

    static List<Mistake> all() {
        byte[] jpeg = ImageFiles.bytes("baseline.jpg");
        byte[] png = ImageFiles.bytes("rgb.png");
        return List.of(
                Mistake.image(
                        "10,000 by 10,000 pixels",
                        ImageFiles.emptyPng(10_000, 10_000),
                        413,
                        "PNG of 10000 x 10000 = 100000000 pixels: at most 50000000 are allowed"),
                Mistake.image(
                        "50,000 by 50,000 pixels in a hundred bytes",
                        ImageFiles.emptyPng(50_000, 50_000),
                        413,
                        "PNG of 50000 x 50000 pixels: a side may have at most 30000"),
                Mistake.image("no pixel", ImageFiles.emptyPng(0, 5), 400, "PNG of 0 x 5 pixels has none"),
                Mistake.image("a JPEG cut short", Arrays.copyOf(jpeg, jpeg.length / 2), 400, "JPEG", "cut short"),
                Mistake.image("a PNG cut short", Arrays.copyOf(png, png.length / 2), 400, "PNG", "cut short"),
                Mistake.image(
                        "a JPEG of its first bytes", Arrays.copyOf(jpeg, 2), 415, "a file that begins with ff d8"),
                Mistake.image("nothing", new byte[0], 400, "empty"),
                Mistake.image("a PDF", "%PDF-1.7 and so on".getBytes(StandardCharsets.UTF_8), 415, "PDF"),
                Mistake.image("a text", "hello".getBytes(StandardCharsets.UTF_8), 415, "JPEG", "PNG"),
                Mistake.image("a body beyond its limit", new byte[2_000_001], 413, "2000000"),
                Mistake.json(
                        "base64 that is none",
                        "/predict/colours",
                        "{\"image\":\"AA*=\"}",
                        400,
                        "`image` is no base64",
                        "2a"),
                Mistake.json(
                        "a data URL without base64",
                        "/predict/colours",
                        "{\"image\":\"data:image/png,x\"}",
                        400,
                        "`image`"),
                Mistake.json("top_k beyond its bound", "/predict/colours?top_k=0", "{\"image\":\"\"}", 400, "top_k"),
                Mistake.json(
                        "a share beyond 1",
                        "/predict/colours?threshold=1.5",
                        "{\"image\":\"\"}",
                        400,
                        "threshold",
                        "1.5"));
    }
}
