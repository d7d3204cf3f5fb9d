package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.common.FleetSecret;
import phifleet.common.IndexRoutes;
import phifleet.common.WorkerCard;
import phifleet.http.Json;
import phifleet.worker.http.state.WorkerIdentity;

/** Two workers that keep one index together, over HTTP. */
class IndexPartsTest {
    private static final FleetSecret SECRET = new FleetSecret("as long as it has to be");

    @TempDir
    Path folder;

    private IndexUnderTest first;
    private IndexUnderTest second;

    @BeforeEach
    void start() {
        first = worker("first");
        second = worker("second");
        List<WorkerCard> cards = List.of(card("first", first), card("second", second));
        first.worker.server.keepers(cards);
        second.worker.server.keepers(cards);
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
    }

    private IndexUnderTest worker(String id) {
        return new IndexUnderTest(
                "ingest: {folder: " + folder.resolve(id) + ", parts: true}",
                new WorkerIdentity(id, "1.2.3", TestWorker.STARTED_AT, "cpu", SECRET, null));
    }

    private static WorkerCard card(String id, IndexUnderTest index) {
        return new WorkerCard(
                id, URI.create("http://127.0.0.1:" + index.worker.port), List.of(IndexRoutes.PART), "1.2.3", "cpu");
    }

    private static String outcome(JsonNode answer) {
        return answer.at("/images/0/outcome").asText();
    }

    @Test
    void images_sentToEither_areInOnce_andEitherAnswersForAll() {
        List<byte[]> images =
                Stream.of(1, 2, 3, 4, 5, 6, 7, 8).map(i -> SeeingModels.png(i)).toList();
        for (int i = 0; i < images.size(); i++) {
            IndexUnderTest there = i % 2 == 0 ? first : second;
            assertThat(outcome(there.ingest(images.get(i)))).isEqualTo("indexed");
        }
        for (byte[] image : images) {
            assertThat(outcome(first.ingest(image))).isEqualTo("duplicate");
            assertThat(outcome(second.ingest(image))).isEqualTo("duplicate");
        }

        assertThat(first.images()).isEqualTo(8);
        assertThat(second.images()).isEqualTo(8);
        HttpResponse<String> found = second.send("/search?k=3", images.getFirst(), "image/png");
        assertThat(Json.of(found).at("/results/0/match").asText()).isEqualTo("exact");
        String id = Json.of(found).at("/results/0/image").asText();
        for (IndexUnderTest one : List.of(first, second)) {
            assertThat(one.worker.get("/images/" + id).statusCode()).isEqualTo(200);
            assertThat(one.search("{\"id\":\"" + id + "\",\"k\":3}").path("results"))
                    .hasSize(3);
        }
        assertThat(first.worker
                        .send(first.worker.request("/images/" + id).DELETE().build())
                        .statusCode())
                .isEqualTo(200);
        assertThat(second.worker.get("/images/" + id).statusCode()).isEqualTo(404);
        assertThat(second.images()).isEqualTo(7);
    }

    @Test
    void people_ofImagesSentToEither_areFoundByEither_andGoWithTheirImage() {
        List<String> ids = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            IndexUnderTest there = i % 2 == 0 ? first : second;
            FoundThingsTest.serve(there);
            JsonNode answer = there.ingested("?people=true", FoundThingsTest.png(i, 0xFF2010), "image/png");
            assertThat(answer.at("/indexed/people").asInt()).isEqualTo(1);
            ids.add(answer.at("/images/0/image").asText());
        }
        for (String id : ids.subList(0, 5)) {
            assertThat(second.worker
                            .send(second.worker
                                    .request("/images/" + id)
                                    .DELETE()
                                    .build())
                            .statusCode())
                    .isEqualTo(200);
        }

        for (IndexUnderTest one : List.of(first, second)) {
            JsonNode found = one.search("{\"labels\":[\"person\"],\"index\":\"people\"}");
            assertThat(found.at("/total").asInt()).isEqualTo(1);
            assertThat(found.at("/results/0/image").asText()).isEqualTo(ids.get(5));
            assertThat(Json.of(one.worker.get("/index")).at("/people").asInt()).isEqualTo(1);
        }
    }

    @Test
    void images_whileOneIsGone_areErrorsToBeSentAgain() {
        second.close();
        JsonNode answer = first.ingest(SeeingModels.png(1));

        assertThat(answer.path("status").asText()).isEqualTo("error");
        assertThat(answer.at("/errors/0/code").asText()).isEqualTo("index_failed");
        assertThat(answer.at("/errors/0/reason").asText()).contains("worker second");

        first.worker.server.keepers(List.of(card("first", first)));
        assertThat(outcome(first.ingest(SeeingModels.png(1)))).isEqualTo("indexed");
    }

    @Test
    void questions_ofStrangers_areRefused() {
        HttpResponse<String> answer = first.worker.send(first.worker
                .request("/index/part/state", "Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                .build());

        assertThat(answer.statusCode()).isEqualTo(403);
        assertThat(answer.body()).contains("not_of_this_fleet");
    }
}
