package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.http.Json;
import phifleet.inference.Catalogue;
import phifleet.inference.vision.ImageFiles;
import phifleet.inference.vision.decode.HeifLibrary;
import phifleet.worker.http.state.WorkerState;

/** {@code /ingest}, with models that see colours. */
class IngestTest {
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
    void form_ofImages_isIndexed_andEachIsKnownByItsNameAndMetadata() {
        JsonNode answer = index.ingested(
                "",
                new ImageForm()
                        .file("a.png", SeeingModels.png(1))
                        .field("id", "second")
                        .field("metadata", "{\"place\":\"Oslo\",\"year\":1999,\"share\":0.5,\"mine\":true}")
                        .file("b.png", SeeingModels.png(2))
                        .whole(),
                ImageForm.TYPE);

        assertThat(answer.at("/status").asText()).isEqualTo("success");
        assertThat(answer.at("/total").asInt()).isEqualTo(2);
        assertThat(answer.at("/processed").asInt()).isEqualTo(2);
        assertThat(answer.at("/indexed").toString())
                .isEqualTo("{\"global\":2,\"vehicles\":0,\"people\":0,\"faces\":0,\"ocr\":0}");
        assertThat(answer.at("/images").findValuesAsText("id")).containsExactlyInAnyOrder("a.png", "second");
        JsonNode second =
                answer.at("/images/0/id").asText().equals("second") ? answer.at("/images/0") : answer.at("/images/1");
        JsonNode known =
                Json.of(index.worker.get("/images/" + second.at("/image").asText()));
        assertThat(known.at("/id").asText()).isEqualTo("second");
        assertThat(known.at("/metadata").toString())
                .isEqualTo("{\"place\":\"Oslo\",\"year\":1999,\"share\":0.5,\"mine\":true}");
        assertThat(known.at("/width").asInt()).isEqualTo(256);
        assertThat(known.at("/detector").asText()).isEqualTo("finder");
        assertThat(index.images()).isEqualTo(2);
    }

    @Test
    void sameImage_again_isADuplicate_byItsFileOrByItsPixels() {
        String id = index.ingest(SeeingModels.png(1)).at("/images/0/image").asText();

        JsonNode file = index.ingest(SeeingModels.png(1));
        JsonNode pixels = index.ingest(SeeingModels.file(SeeingModels.image(1), "bmp"));

        assertThat(file.at("/status").asText()).isEqualTo("success");
        assertThat(file.at("/duplicates").asInt()).isEqualTo(1);
        assertThat(file.at("/images/0/same").asText()).isEqualTo("file");
        assertThat(file.at("/images/0/image").asText()).isEqualTo(id);
        assertThat(pixels.at("/images/0/same").asText()).isEqualTo("pixels");
        assertThat(pixels.at("/images/0/image").asText()).isEqualTo(id);
        assertThat(index.images()).isEqualTo(1);
    }

    @Test
    void nearlyTheSameImage_isIndexed_andNamesTheOther() {
        String id = index.ingest(SeeingModels.png(1)).at("/images/0/image").asText();

        JsonNode near = index.ingested("?id=mine", SeeingModels.file(SeeingModels.image(1), "jpg"), "image/jpeg");

        assertThat(near.at("/near_duplicates").asInt()).isEqualTo(1);
        assertThat(near.at("/indexed/global").asInt()).isEqualTo(1);
        assertThat(near.at("/images/0/near_duplicates/0/image").asText()).isEqualTo(id);
        assertThat(near.at("/images/0/near_duplicates/0/score").asDouble()).isBetween(0.99, 1.0);
        assertThat(index.images()).isEqualTo(2);
    }

    @Test
    void oneImage_byManyClientsAtOnce_isIndexedOnce() throws Exception {
        CyclicBarrier start = new CyclicBarrier(6);
        List<CompletableFuture<JsonNode>> clients = new ArrayList<>();
        for (int client = 0; client < 6; client++) {
            clients.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            start.await(30, TimeUnit.SECONDS);
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                        return index.ingest(SeeingModels.png(7));
                    },
                    task -> Thread.ofPlatform().start(task)));
        }
        int indexed = 0;
        for (CompletableFuture<JsonNode> client : clients) {
            JsonNode answer = client.get(60, TimeUnit.SECONDS);
            assertThat(answer.at("/errors_count").asInt()).isZero();
            indexed += answer.at("/indexed/global").asInt();
        }
        assertThat(indexed).isEqualTo(1);
        assertThat(index.images()).isEqualTo(1);
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
    void heic_whereALibraryDecodesIt_isAnImageLikeOthers() {
        HeifLibrary library = HeifLibrary.find();
        assumeTrue(library.isThere(), "HEIC is decoded by " + library.description());
        byte[] heic = ImageFiles.bytes("turned.heic");

        JsonNode body = index.ingested("?id=a.heic", heic, "image/heic");

        assertThat(body.at("/indexed/global").asInt()).as(body.toString()).isEqualTo(1);
        assertThat(index.send("/predict/finder", heic, "image/heic").statusCode())
                .isEqualTo(200);
        HttpResponse<String> cut = index.send("/predict/finder", Arrays.copyOf(heic, 900), "image/heic");
        assertThat(cut.statusCode()).isEqualTo(400);
        assertThat(cut.body()).contains("the file is cut short");
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

    @Test
    void form_longerThanAllMemoryForBodies_isTakenAsItFlows() {
        index.close();
        index = new IndexUnderTest(
                "http: {max-body-bytes: 100000}\ningest: {folder: " + folder + ", in-hand: 2}", 4_000_000);
        ImageForm form = new ImageForm();
        for (int i = 0; i < 40; i++) {
            // 197 kB each.
            form.file(i + ".bmp", SeeingModels.file(SeeingModels.image(100 + i), "bmp"));
        }
        byte[] body = form.whole();
        assertThat(body.length).isGreaterThan(7_000_000);
        HttpResponse<String> answer = index.worker.send(index.worker
                .request("/ingest", "Content-Type", ImageForm.TYPE)
                .POST(HttpRequest.BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
                .build());

        assertThat(Json.of(answer).at("/indexed/global").asInt())
                .as(answer.body())
                .isEqualTo(40);
        assertThat(index.images()).isEqualTo(40);
        index.worker.awaitIdle();
    }

    @Test
    void json_ofImages_isIndexed_andWhatIsNoImageIsNamed() {
        JsonNode answer = index.ingested(
                "?durable=false",
                ("{\"images\":[{\"id\":\"a\",\"data\":\"" + IndexUnderTest.base64(SeeingModels.png(1))
                                + "\",\"metadata\":{\"k\":\"v\"}},{\"id\":\"b\",\"data\":\"%%\"},{\"id\":\"c\"}]}")
                        .getBytes(StandardCharsets.UTF_8),
                "application/json");

        assertThat(answer.at("/indexed/global").asInt()).isEqualTo(1);
        assertThat(answer.at("/errors").findValuesAsText("id")).containsExactlyInAnyOrder("b", "c");
        assertThat(answer.at("/errors").toString()).contains("images[1].data").contains("images[2].data");
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

    @Test
    void metrics_sayWhatBecameOfImages() {
        index.ingest(SeeingModels.png(1));
        index.ingest(SeeingModels.png(1));
        index.ingested("", "hello".getBytes(StandardCharsets.UTF_8), "image/png");

        assertThat(index.worker.get("/metrics").body())
                .contains("ingest_images_total{outcome=\"indexed\"} 1.0")
                .contains("ingest_images_total{outcome=\"duplicate-file\"} 1.0")
                .contains("ingest_images_total{outcome=\"failed\"} 1.0")
                .contains("ingest_stage_seconds_count{stage=\"decode\"} 1")
                .contains("ingest_stage_seconds_count{stage=\"index\"} 1");
    }
}
