package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.Graphics2D;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.http.Json;
import phifleet.inference.vision.ImageFiles;
import phifleet.inference.vision.decode.HeifLibrary;

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
    void largePhoto_withOtherMetadata_isADuplicateByItsPixels_andIsKnownInItsOwnSize() {
        byte[] photo = SeeingModels.file(large(), "jpg");
        byte[] commented = new byte[photo.length + 6];
        System.arraycopy(photo, 0, commented, 0, 2);
        System.arraycopy(new byte[] {(byte) 0xFF, (byte) 0xFE, 0, 4, 'h', 'i'}, 0, commented, 2, 6);
        System.arraycopy(photo, 2, commented, 8, photo.length - 2);

        String id =
                index.ingested("", photo, "image/jpeg").at("/images/0/image").asText();
        JsonNode again = index.ingested("", commented, "image/jpeg");

        assertThat(again.at("/images/0/same").asText()).isEqualTo("pixels");
        assertThat(again.at("/images/0/image").asText()).isEqualTo(id);
        JsonNode known = Json.of(index.worker.get("/images/" + id));
        assertThat(known.at("/width").asInt()).isEqualTo(2560);
        assertThat(known.at("/height").asInt()).isEqualTo(1920);
        JsonNode found = index.search("{\"image\":\"" + IndexUnderTest.base64(commented) + "\",\"k\":1}");
        assertThat(found.at("/results/0/match").asText()).isEqualTo("pixels");
        assertThat(found.at("/results/0/score").asDouble()).isGreaterThan(0.99999);
    }

    /** Ten times the size of the others, with all of their colours. */
    private static BufferedImage large() {
        BufferedImage large = new BufferedImage(2560, 1920, BufferedImage.TYPE_3BYTE_BGR);
        Graphics2D graphics = large.createGraphics();
        graphics.drawImage(SeeingModels.image(3), 0, 0, 2560, 1920, null);
        graphics.dispose();
        return large;
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
    void forms_togetherLongerThanAllMemoryForBodies_waitForIt_andLoseNoImage() throws Exception {
        index.close();
        index = new IndexUnderTest("ingest: {folder: " + folder + ", in-hand: 40}", 4_000_000);
        List<CompletableFuture<JsonNode>> clients = new ArrayList<>();
        for (int client = 0; client < 3; client++) {
            ImageForm form = new ImageForm();
            for (int i = 0; i < 30; i++) {
                // 197 kB each, and so 18 MB of all clients.
                form.file(i + ".bmp", SeeingModels.file(SeeingModels.image(1000 * client + i), "bmp"));
            }
            byte[] body = form.whole();
            clients.add(CompletableFuture.supplyAsync(
                    () -> index.ingested("", body, ImageForm.TYPE),
                    task -> Thread.ofPlatform().start(task)));
        }

        for (CompletableFuture<JsonNode> client : clients) {
            JsonNode answer = client.get(60, TimeUnit.SECONDS);
            assertThat(answer.at("/errors").toString()).isEqualTo("[]");
            assertThat(answer.at("/indexed/global").asInt()).isEqualTo(30);
        }
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
