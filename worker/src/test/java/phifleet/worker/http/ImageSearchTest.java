package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.http.Json;
import phifleet.inference.Catalogue;
import phifleet.worker.http.state.WorkerState;

/** {@code /search}, {@code /images} and {@code /index}, with models that see colours. */
class ImageSearchTest {
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
    void search_byImage_saysHowEachMatches() {
        String exact = index.ingest(SeeingModels.png(1)).at("/images/0/image").asText();
        index.ingested("", SeeingModels.file(SeeingModels.image(1), "jpg"), "image/jpeg");
        index.ingest(SeeingModels.png(2));

        JsonNode found = index.search("{\"image\":\"" + IndexUnderTest.base64(SeeingModels.png(1)) + "\",\"k\":3}");

        assertThat(found.at("/results").findValuesAsText("match")).containsExactly("exact", "near", "similar");
        assertThat(found.at("/results").findValuesAsText("near_duplicate")).containsExactly("true", "true", "false");
        assertThat(found.at("/results/0/image").asText()).isEqualTo(exact);
        assertThat(found.at("/results/0/score").asDouble()).isBetween(0.9999, 1.0);
        JsonNode samePixels = index.search("{\"image\":\""
                + IndexUnderTest.base64(SeeingModels.file(SeeingModels.image(1), "bmp")) + "\",\"k\":1}");
        assertThat(samePixels.at("/results/0/match").asText()).isEqualTo("pixels");
        JsonNode raw = Json.of(index.send("/search?k=1&min_score=0.5", SeeingModels.png(2), "image/png"));
        assertThat(raw.at("/results").findValuesAsText("match")).containsExactly("exact");
        index.worker.awaitIdle();
    }

    @Test
    void search_byAnImageOfTheIndex_findsTheOthers() {
        String first = index.ingest(SeeingModels.png(1)).at("/images/0/image").asText();
        String near = index.ingested("", SeeingModels.file(SeeingModels.image(1), "jpg"), "image/jpeg")
                .at("/images/0/image")
                .asText();
        index.ingest(SeeingModels.png(2));

        JsonNode found = index.search("{\"id\":\"" + first + "\",\"min_score\":0.9}");

        assertThat(found.at("/results").findValuesAsText("image")).containsExactly(near);
    }

    @Test
    void search_byLabels_findsWhatTheDetectorSaw() {
        int red = 0;
        for (int seed = 0; seed < 8; seed++) {
            JsonNode answer = index.ingest(SeeingModels.png(seed));
            String id = answer.at("/images/0/image").asText();
            JsonNode seen = Json.of(index.worker.get("/images/" + id)).at("/detections");
            red += seen.findValuesAsText("label").contains("red") ? 1 : 0;
            if (!seen.isEmpty()) {
                // The middle of 64 is that of 256.
                assertThat(seen.at("/0/box").toString()).isEqualTo("[108.0,108.0,148.0,148.0]");
            }
        }
        assertThat(red).isBetween(1, 7);

        assertThat(index.search("{\"labels\":[\"red\"],\"k\":100}").at("/results"))
                .hasSize(red);
        assertThat(index.search("{\"labels\":[\"cow\"]}").at("/results")).isEmpty();
    }

    @Test
    void delete_takesAnImageOut() {
        String id = index.ingest(SeeingModels.png(1)).at("/images/0/image").asText();
        HttpRequest delete = index.worker.request("/images/" + id).DELETE().build();

        assertThat(index.worker.send(delete).body()).isEqualTo("{\"image\":\"" + id + "\",\"deleted\":true}");
        assertThat(index.worker.send(delete).statusCode()).isEqualTo(404);
        assertThat(index.worker.get("/images/" + id).statusCode()).isEqualTo(404);
        assertThat(index.ingest(SeeingModels.png(1)).at("/indexed/global").asInt())
                .isEqualTo(1);
    }

    @Test
    void index_ofAnotherEncoder_isAnotherOne() {
        index.ingest(SeeingModels.png(1));
        index.worker.state.set(WorkerState.ready(
                new Catalogue(List.of(SeeingModels.detector(), SeeingModels.encoder("colours", "sum-2")))));

        JsonNode other = Json.of(index.worker.get("/index"));

        assertThat(other.at("/images").asInt()).isZero();
        assertThat(other.at("/others")).hasSize(1);
        assertThat(other.at("/others/0/checksum").asText()).isEqualTo("sum-1");
        assertThat(other.at("/others/0/images").asInt()).isEqualTo(1);
        assertThat(other.at("/encoder").toString())
                .isEqualTo("{\"model\":\"colours\",\"checksum\":\"sum-2\",\"dimension\":48}");
        assertThat(index.ingest(SeeingModels.png(1)).at("/indexed/global").asInt())
                .isEqualTo(1);
    }

    @Test
    void workerThatStartsWithAnotherEncoder_saysWhereTheImagesAre_andMixesNothing() {
        String id = index.ingest(SeeingModels.png(1)).at("/images/0/image").asText();
        index.close();
        index = new IndexUnderTest(folder);
        index.worker.state.set(WorkerState.ready(
                new Catalogue(List.of(SeeingModels.detector(), SeeingModels.encoder("others", "sum-1")))));

        assertThat(index.search("{\"image\":\"" + IndexUnderTest.base64(SeeingModels.png(1)) + "\"}")
                        .at("/results"))
                .isEmpty();
        assertThat(index.worker.get("/images/" + id).statusCode()).isEqualTo(404);
        assertThat(Json.of(index.worker.get("/index")).at("/others").findValuesAsText("model"))
                .containsExactly("colours");

        index.ingest(SeeingModels.png(1));
        index.worker.state.set(WorkerState.ready(SeeingModels.catalogue()));
        JsonNode first = Json.of(index.worker.get("/index"));
        assertThat(first.at("/images").asInt()).isEqualTo(1);
        assertThat(first.at("/others").findValuesAsText("model")).containsExactly("others");
    }

    @Test
    void brokenIndexOfAnotherEncoder_isNoFaultOfThisOnes() throws Exception {
        index.ingest(SeeingModels.png(1));
        index.close();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path commit : files.filter(
                            file -> file.getFileName().toString().startsWith("segments_"))
                    .toList()) {
                Files.write(commit, new byte[] {1, 2, 3});
            }
        }
        index = new IndexUnderTest(folder);
        index.worker.state.set(WorkerState.ready(
                new Catalogue(List.of(SeeingModels.detector(), SeeingModels.encoder("others", "sum-1")))));

        assertThat(index.ingest(SeeingModels.png(1)).at("/indexed/global").asInt())
                .isEqualTo(1);
        JsonNode state = Json.of(index.worker.get("/index"));
        assertThat(state.at("/images").asInt()).isEqualTo(1);
        assertThat(state.at("/others")).isEmpty();
    }
}
