package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.http.Json;
import phifleet.inference.Catalogue;
import phifleet.worker.http.state.WorkerState;

/** {@code /ingest} of what is broken, cut off, wrong or not to be had: named, beside what is whole, and nothing stays behind. */
class IngestFaultsTest {
    @TempDir
    Path folder;

    private IndexUnderTest index;

    @BeforeEach
    void start() {
        index = new IndexUnderTest(folder);
    }

    @AfterEach
    void stop() {
        index.close();
    }

    @Test
    void badImages_areNamed_andTheOthersGoOn() {
        byte[] png = SeeingModels.png(3);
        byte[] cut = Arrays.copyOf(png, png.length / 2);
        JsonNode answer = index.ingested(
                "",
                new ImageForm()
                        .file("cut.png", cut)
                        .file("none.png", new byte[0])
                        .file("good.png", png)
                        .file("text.png", "hello".getBytes(StandardCharsets.UTF_8))
                        .file("large.png", new byte[300_001])
                        .field("metadata", "{\"a\":{}}")
                        .file("odd.png", SeeingModels.png(4))
                        .file("last.png", SeeingModels.png(5))
                        .whole(),
                ImageForm.TYPE);

        assertThat(answer.at("/status").asText()).isEqualTo("partial");
        assertThat(answer.at("/indexed/global").asInt()).isEqualTo(2);
        assertThat(answer.at("/errors").findValuesAsText("id"))
                .containsExactlyInAnyOrder("cut.png", "none.png", "text.png", "large.png", "odd.png");
        assertThat(answer.at("/errors").findValuesAsText("code"))
                .containsExactlyInAnyOrder(
                        "invalid_image", "invalid_image", "unsupported_image", "image_too_large", "invalid_value");
        assertThat(answer.at("/errors").toString())
                .contains("more than 300000 bytes")
                .contains("metadata.a");
        index.worker.awaitIdle();
    }

    @Test
    void avif_isNamedAsAFormatThatIsNotDecoded_whereverItComes() {
        byte[] avif = HexFormat.of().parseHex("00000018667479706176696600000000617669666d696631");

        JsonNode form = index.ingested(
                "",
                new ImageForm()
                        .file("a.avif", avif)
                        .file("b.png", SeeingModels.png(1))
                        .whole(),
                ImageForm.TYPE);
        JsonNode body = index.ingested("?id=a.avif", avif, "image/avif");
        JsonNode json = index.ingested(
                "",
                ("{\"images\":[{\"id\":\"a.avif\",\"data\":\"" + IndexUnderTest.base64(avif) + "\"}]}")
                        .getBytes(StandardCharsets.UTF_8),
                "application/json");

        assertThat(form.at("/indexed/global").asInt()).isEqualTo(1);
        for (JsonNode answer : List.of(form, body, json)) {
            assertThat(answer.at("/errors/0/id").asText()).isEqualTo("a.avif");
            assertThat(answer.at("/errors/0/code").asText()).isEqualTo("unsupported_image");
            assertThat(answer.at("/errors/0/reason").asText()).startsWith("the file is AVIF: JPEG,");
        }
        for (String path : List.of("/predict/finder", "/search")) {
            HttpResponse<String> refused = index.send(path, avif, "image/avif");
            assertThat(refused.statusCode()).as(refused.body()).isEqualTo(415);
            assertThat(refused.body()).contains("the file is AVIF: JPEG,");
        }
        index.worker.awaitIdle();
    }

    @Test
    void form_thatBreaksOff_keepsWhatCameBefore() {
        JsonNode answer = index.ingested(
                "",
                new ImageForm()
                        .file("a.png", SeeingModels.png(1))
                        .field("id", "x")
                        .cut(),
                ImageForm.TYPE);

        assertThat(answer.at("/status").asText()).isEqualTo("partial");
        assertThat(answer.at("/indexed/global").asInt()).isEqualTo(1);
        assertThat(answer.at("/errors/0/code").asText()).isEqualTo("invalid_form");
        index.worker.awaitIdle();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/ingest|{}|400|`images` is needed",
                "/ingest|{\"images\":[]}|400|`images` cannot be empty",
                "/ingest|{\"images\":[5]}|400|`images[0]` must be an object",
                "/ingest|{\"images\":[{\"name\":\"x\"}]}|400|`images[0].name` is no field of an image",
                "/ingest|{\"images\":[{\"metadata\":{\"a\":[1]}}]}|400|`images[0].metadata.a` must be a string, a number",
                "/ingest|{\"image\":\"\"}|400|`image` is no field",
                "/ingest?faces=true|{}|424|no model of the kind `face-detector` is loaded",
                "/ingest?people=1|{}|424|`people` are found by a detector that has labels for them",
                "/ingest?vehicles=yes|{}|400|`vehicles` must be true or false, was 'yes'",
                "/search|{\"labels\":[\"a\"],\"index\":\"cats\"}|400|`index` must be global, vehicles or people, was 'cats'",
                "/ingest?ocr=1|{}|424|`ocr` needs a text-detector, and none is loaded: scripts/models ocr",
                "/ingest?durable=maybe|{}|400|`durable` must be true or false, was 'maybe'",
                "/search|{}|400|`image`, `id`, `text`, `labels` or `ocr_text` is needed",
                "/search|{\"ocr_text\":\"-!\"}|400|`ocr_text` must have a letter or a digit, was '-!'",
                "/search|{\"ocr_text\":5}|400|`ocr_text` must be a string",
                "/search|{\"id\":\"a\",\"image\":\"\"}|400|one of `image`, `id` and `text`",
                "/search|{\"id\":\"a\",\"k\":0}|400|`k` must be a whole number from 1 to 1000",
                "/search|{\"id\":\"a\",\"min_score\":2}|400|`min_score` must be a number from -1 to 1",
                "/search|{\"id\":\"nowhere\"}|404|the index has no image 'nowhere'",
                "/search|{\"image\":\"aGVsbG8=\"}|415|",
                "/search|{\"labels\":[5]}|400|`labels[0]` must be a string"
            })
    void wrongRequests_areRefusedWithFieldValueAndBound(String path, String body, int status, String message) {
        HttpResponse<String> answer = index.worker.post(path, body);

        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(Json.of(answer).at("/error/message").asText()).contains(message == null ? "" : message);
        index.worker.awaitIdle();
    }

    @Test
    void formsThatAreNone_areRefused() {
        assertThat(index.send("/ingest", "hello".getBytes(StandardCharsets.UTF_8), "multipart/form-data")
                        .body())
                .contains("its Content-Type names no boundary");
        assertThat(index.send("/ingest", "hello".getBytes(StandardCharsets.UTF_8), ImageForm.TYPE)
                        .body())
                .contains("invalid_form");
        assertThat(index.send("/ingest", new ImageForm().field("a", "b").whole(), ImageForm.TYPE)
                        .body())
                .contains("the form has no file");
        index.worker.awaitIdle();
    }

    @Test
    void formsOfFaultsThatTheirReaderHasNoWordsFor_areNamed() {
        index.close();
        index = new IndexUnderTest("ingest: {folder: " + folder + ", max-images: 1}", 4_000_000);
        ImageForm fields = new ImageForm();
        for (int i = 0; i < 10; i++) {
            fields.field("other", "x");
        }
        String head = String.join("x".repeat(70_000), "--xyz\r\nContent-Disposition: form-data; name=\"", "");
        String charset = String.join(
                "\r\n",
                "--xyz",
                "Content-Disposition: form-data; name=\"id\"",
                "Content-Type: text/plain; charset=nothing",
                "",
                "x",
                "--xyz--",
                "");

        String nameless = String.join("\r\n", "--xyz", "Content-Disposition: ", "", "x", "--xyz--", "");

        assertThat(refusal(fields.whole())).endsWith("it has more than 8 parts");
        assertThat(refusal(nameless.getBytes(StandardCharsets.UTF_8))).endsWith("a part is not as RFC 7578 has it");
        assertThat(refusal(head.getBytes(StandardCharsets.UTF_8)))
                .endsWith("the head of a part has more than 65536 bytes");
        assertThat(refusal(charset.getBytes(StandardCharsets.UTF_8))).endsWith("the charset 'nothing' is unknown");
        index.worker.awaitIdle();
    }

    private String refusal(byte[] form) {
        HttpResponse<String> answer = index.send("/ingest", form, ImageForm.TYPE);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(400);
        return Json.of(answer).at("/error/message").asText();
    }

    @Test
    void clientThatLeavesWithinAForm_leavesNothingBehind() throws Exception {
        byte[] form = new ImageForm()
                .file("a.png", SeeingModels.png(1))
                .file("b.png", SeeingModels.png(2))
                .cut();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), index.worker.port)) {
            socket.getOutputStream()
                    .write(("POST /ingest HTTP/1.1\r\nHost: x\r\nContent-Type: " + ImageForm.TYPE
                                    + "\r\nContent-Length: 1000000\r\n\r\n")
                            .getBytes(StandardCharsets.US_ASCII));
            socket.getOutputStream().write(form, 0, form.length - 100);
            socket.getOutputStream().flush();
            while (index.images() == 0) {
                Thread.onSpinWait();
            }
        }
        index.worker.awaitIdle();
        assertThat(index.ingest(SeeingModels.png(2)).at("/errors_count").asInt())
                .isZero();
    }

    @Test
    void worker_withoutModelsOrFolder_saysWhatToDo() {
        index.worker.state.set(
                WorkerState.ready(new Catalogue(List.of(index.worker.encoder, SeeingModels.detector()))));
        HttpResponse<String> noEncoder = index.worker.get("/index");
        index.worker.state.set(WorkerState.ready(new Catalogue(List.of(SeeingModels.encoder("colours", "sum-1")))));
        HttpResponse<String> noDetector = index.worker.post("/ingest", "{}");
        try (TestWorker none = new TestWorker("")) {
            HttpResponse<String> noFolder = none.post("/ingest", "{}");

            assertThat(noEncoder.statusCode()).isEqualTo(424);
            assertThat(noEncoder.body()).contains("image-encoder").contains("task: image-encoding");
            assertThat(noDetector.statusCode()).isEqualTo(424);
            assertThat(noDetector.body()).contains("detector").contains("ingest.detector to none");
            assertThat(noFolder.statusCode()).isEqualTo(424);
            assertThat(noFolder.body()).contains("PHI_INGEST_FOLDER");
        }
    }
}
