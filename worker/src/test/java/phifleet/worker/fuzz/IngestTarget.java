package phifleet.worker.fuzz;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import phifleet.worker.http.ApiDescription;
import phifleet.worker.http.IngestUnderFuzz;

/**
 * Images, forms and JSON for {@code /ingest} and {@code /search}, most of them damaged. The answer is one that the description has; nothing
 * is an error of the server's; a form that is whole has every one of its files in the answer, and the good one among broken ones goes in.
 */
final class IngestTarget implements Target {
    private static final int PATIENCE_MS = 30_000;
    private static final int PICTURES = 6;
    private static final String BOUNDARY = "----fuzz";
    private static final String FORM = "multipart/form-data; boundary=" + BOUNDARY;
    private static final String GOOD = "the good one";
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TYPES = List.of(
            "image/png",
            "image/jpeg",
            "image/gif",
            "image/webp",
            "application/octet-stream",
            FORM,
            "application/json",
            "");
    private static final List<String> METADATA = List.of(
            "{}",
            "{\"a\":1}",
            "{\"place\":\"Oslo\",\"mine\":true}",
            "[]",
            "{\"a\":{\"b\":[]}}",
            "nothing",
            "{\"a\":1e999}");

    private final int port;
    private final ApiDescription description;
    private final List<List<byte[]>> pictures =
            IntStream.range(0, PICTURES).mapToObj(IngestUnderFuzz::images).toList();

    IngestTarget(int port, ApiDescription description) {
        this.port = port;
        this.description = description;
    }

    /** What is sent. */
    private static final class Sent {
        private final String path;
        private final String type;
        private final byte[] body;
        private final int files;

        /** @param files that a form which is whole has; −1 for what is none */
        Sent(String path, String type, byte[] body, int files) {
            this.path = path;
            this.type = type;
            this.body = body;
            this.files = files;
        }
    }

    @Override
    public String name() {
        return "images of the index";
    }

    @Override
    public int threads() {
        return 4;
    }

    @Override
    public @Nullable String attack(SplittableRandom random) throws IOException {
        Sent sent = sent(random);
        String complaint = outcome(sent);
        return complaint == null
                ? null
                : "POST " + sent.path + " " + sent.type + ": " + complaint + "\n" + Mutations.shown(sent.body);
    }

    private Sent sent(SplittableRandom random) {
        String path = random.nextInt(4) == 0 ? "/search" : "/ingest";
        return switch (random.nextInt(5)) {
            case 0 -> new Sent(path, Mutations.one(TYPES, random), file(random), -1);
            case 1 -> form(random);
            case 2 -> {
                Sent whole = form(random);
                yield new Sent(path, FORM, Mutations.of(whole.body, random), -1);
            }
            case 3 -> new Sent(path, "application/json", json(path, random), -1);
            default -> new Sent(path, "application/json", Mutations.of(json(path, random), random), -1);
        };
    }

    private byte[] image(SplittableRandom random) {
        return Mutations.one(Mutations.one(pictures, random), random);
    }

    /** An image, mostly damaged; at times a file of two, or none. */
    private byte[] file(SplittableRandom random) {
        byte[] image = image(random);
        return switch (random.nextInt(8)) {
            case 0 -> image;
            case 1 -> Arrays.copyOf(image, random.nextInt(image.length));
            case 2 -> {
                ByteArrayOutputStream two = new ByteArrayOutputStream();
                two.writeBytes(image);
                two.writeBytes(image(random));
                yield two.toByteArray();
            }
            case 3 -> {
                byte[] noise = new byte[random.nextInt(2_000)];
                random.nextBytes(noise);
                yield noise;
            }
            default -> Mutations.of(image, random);
        };
    }

    /** A form that is well made, of files of which one is good. */
    private Sent form(SplittableRandom random) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        int files = 1 + random.nextInt(6);
        int good = random.nextInt(files);
        for (int i = 0; i < files; i++) {
            part(out, "name=\"id\"", (i == good ? GOOD : "file " + i).getBytes(StandardCharsets.UTF_8));
            if (i != good && random.nextBoolean()) {
                part(out, "name=\"metadata\"", Mutations.one(METADATA, random).getBytes(StandardCharsets.UTF_8));
            }
            part(
                    out,
                    "name=\"images\"; filename=\"" + i + ".png\"",
                    i == good ? Mutations.one(pictures, random).getFirst() : file(random));
        }
        out.writeBytes(("--" + BOUNDARY + "--\r\n").getBytes(StandardCharsets.US_ASCII));
        return new Sent("/ingest", FORM, out.toByteArray(), files);
    }

    private static void part(ByteArrayOutputStream out, String disposition, byte[] content) {
        out.writeBytes(("--" + BOUNDARY + "\r\nContent-Disposition: form-data; " + disposition + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(content);
        out.writeBytes("\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] json(String path, SplittableRandom random) {
        String data = Base64.getEncoder().encodeToString(file(random));
        String text = path.equals("/search")
                ? "{\"image\":\"" + data + "\",\"k\":" + random.nextInt(-1, 20) + ",\"min_score\":"
                        + random.nextDouble(-1.5, 1.5) + "}"
                : "{\"images\":[{\"id\":\"a\",\"data\":\"" + data + "\",\"metadata\":" + Mutations.one(METADATA, random)
                        + "},{\"data\":\"" + data + "\"}]}";
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private @Nullable String outcome(Sent sent) throws IOException {
        try (Wire wire = new Wire(port, PATIENCE_MS)) {
            ByteArrayOutputStream request = new ByteArrayOutputStream();
            request.writeBytes(("POST " + sent.path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
                            + (sent.type.isEmpty() ? "" : "Content-Type: " + sent.type + "\r\n")
                            + "X-Request-Timeout-Ms: 20000\r\nContent-Length: " + sent.body.length + "\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            request.writeBytes(sent.body);
            wire.send(request.toByteArray());
            Wire.Head head = wire.head();
            byte[] answer = wire.body(head);
            if (head.status() >= 500 && head.status() != 503 && head.status() != 504) {
                return "status " + head.status() + ": " + new String(answer, StandardCharsets.UTF_8);
            }
            String misfit = description.misfit(
                    "POST", sent.path, head.status(), head.headers().get("content-type"), answer);
            return misfit != null ? misfit : inside(sent, head.status(), answer);
        } catch (SocketTimeoutException e) {
            return "no answer within " + PATIENCE_MS + " ms";
        } catch (EOFException | SocketException e) {
            return "closed without a whole answer: " + e.getMessage();
        }
    }

    /** What is wrong with what an answer says of the images. */
    private static @Nullable String inside(Sent sent, int status, byte[] bytes) throws IOException {
        if (status != 200) {
            return sent.files < 0 ? null : "a form that is whole gets " + status;
        }
        JsonNode answer = JSON.readTree(bytes);
        for (JsonNode error : answer.path("errors")) {
            String code = error.path("code").asText();
            if (code.equals("internal") || code.equals("model_failed") || code.equals("index_failed")) {
                return "an image is an error of the server's: " + error;
            }
        }
        if (sent.files < 0) {
            return null;
        }
        if (answer.path("total").asInt() != sent.files) {
            return "of " + sent.files + " files it tells of " + answer.path("total");
        }
        return answer.path("images").findValuesAsText("id").contains(GOOD)
                ? null
                : "the good image is not in: " + answer;
    }
}
