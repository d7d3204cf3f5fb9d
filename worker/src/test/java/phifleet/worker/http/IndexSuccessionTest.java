package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.http.Json;
import phifleet.inference.Catalogue;
import phifleet.worker.http.state.WorkerState;

/** An index that is embedded anew for another encoder, while the former goes on answering. */
class IndexSuccessionTest {
    @TempDir
    Path folder;

    private IndexUnderTest worker(String settings) {
        IndexUnderTest index =
                new IndexUnderTest("ingest: {folder: " + folder + ", detector: none, " + settings + "}", 64 << 20);
        index.worker.state.set(WorkerState.ready(new Catalogue(
                List.of(SeeingModels.encoder("former", "sum-1"), SeeingModels.encoder("next", "sum-2")))));
        return index;
    }

    private static String image(IndexUnderTest index, int seed) {
        return index.ingest(SeeingModels.png(seed)).at("/images/0/image").asText();
    }

    private static JsonNode state(IndexUnderTest index) {
        return Json.of(index.worker.get("/index"));
    }

    private static String encoder(IndexUnderTest index) {
        return state(index).at("/encoder/model").asText();
    }

    private static void awaitNext(IndexUnderTest index) throws InterruptedException {
        for (int i = 0; i < 200 && !encoder(index).equals("next"); i++) {
            TimeUnit.MILLISECONDS.sleep(50);
        }
        assertThat(encoder(index)).isEqualTo("next");
    }

    @Test
    void imagesSentAgain_fillTheNext_whichAnswersOnceItHasThemAll() throws Exception {
        String second;
        try (IndexUnderTest before = worker("encoder: former")) {
            image(before, 1);
            second = image(before, 2);
            image(before, 3);
        }
        try (IndexUnderTest index = worker("encoder: former, next-encoder: next")) {
            assertThat(encoder(index)).isEqualTo("former");
            assertThat(state(index).at("/next/model").asText()).isEqualTo("next");
            assertThat(state(index).at("/next/images").asInt()).isZero();

            for (int seed : List.of(1, 2)) {
                assertThat(index.ingest(SeeingModels.png(seed))
                                .at("/duplicates")
                                .asInt())
                        .isEqualTo(1);
            }
            assertThat(index.ingest(SeeingModels.png(4)).at("/indexed/global").asInt())
                    .isEqualTo(1);
            TimeUnit.MILLISECONDS.sleep(2_500);
            JsonNode partly = state(index);
            assertThat(partly.at("/encoder/model").asText()).isEqualTo("former");
            assertThat(partly.at("/images").asInt()).isEqualTo(4);
            assertThat(partly.at("/next/images").asInt()).isEqualTo(3);
            assertThat(index.search("{\"id\":\"" + second + "\"}").at("/model").asText())
                    .isEqualTo("former");

            index.ingest(SeeingModels.png(3));
            awaitNext(index);
            assertThat(index.images()).isEqualTo(4);
            assertThat(state(index).has("next")).isFalse();
            JsonNode found = index.search("{\"id\":\"" + second + "\"}");
            assertThat(found.at("/model").asText()).isEqualTo("next");
            assertThat(found.path("results")).hasSize(3);
        }
        try (IndexUnderTest after = worker("encoder: next")) {
            assertThat(after.images()).isEqualTo(4);
            assertThat(Json.of(after.worker.get("/images/" + second)).at("/id").isNull())
                    .isTrue();
        }
    }

    @Test
    void deletions_areOfBoth_soThatTheNextStaysWhole() throws Exception {
        try (IndexUnderTest before = worker("encoder: former")) {
            image(before, 1);
            image(before, 2);
        }
        try (IndexUnderTest index = worker("encoder: former, next-encoder: next")) {
            String first = image(index, 1);
            image(index, 2);
            awaitNext(index);
            assertThat(index.worker
                            .send(index.worker
                                    .request("/images/" + first)
                                    .DELETE()
                                    .build())
                            .statusCode())
                    .isEqualTo(200);
            image(index, 3);
        }
        try (IndexUnderTest index = worker("encoder: former, next-encoder: next")) {
            awaitNext(index);
            assertThat(index.images()).isEqualTo(2);
        }
        try (IndexUnderTest former = worker("encoder: former")) {
            assertThat(former.images()).isEqualTo(1);
        }
    }
}
