package phifleet.worker.index.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.Vector;
import phifleet.worker.index.ImageIndex;
import phifleet.worker.index.ImageQuery;
import phifleet.worker.index.ImageRecord;
import phifleet.worker.index.IndexException;
import phifleet.worker.index.Put;
import phifleet.worker.index.VectorSource;
import phifleet.worker.index.Words;
import phifleet.worker.index.WrittenLine;
import phifleet.worker.index.opensearch.FakeOpenSearch.Trouble;

/** OpenSearch slow, overloaded, red, gone, and with half of a bulk failed. */
class OpenSearchTroubleTest {
    private static final VectorSource SOURCE = new VectorSource("encoder", "00ff", 2);
    private static final int TRIES = 3;

    private final FakeOpenSearch server;
    private final ImageIndex index;

    OpenSearchTroubleTest() throws Exception {
        server = new FakeOpenSearch();
        index = open();
        server.requests.clear();
    }

    @AfterEach
    void close() {
        index.close();
        server.close();
    }

    private OpenSearchSettings settings() {
        return new OpenSearchSettings(
                server.url(),
                "phi",
                OpenSearchSettings.Engine.FAISS,
                Credentials.ofUser("me", "secret"),
                null,
                1,
                0,
                Duration.ofMillis(500),
                TRIES);
    }

    private ImageIndex open() throws IndexException {
        return OpenSearchIndex.open(settings(), SOURCE, new Retries(TRIES, 1, bound -> 0));
    }

    private CompletableFuture<Put> put(String id) {
        ImageRecord image = new ImageRecord(id, "i", "p" + id, id, 1, 1, 1, 1, "", List.of(), Map.of());
        return index.put(image, new Vector(new float[] {1, 0}), true);
    }

    private static Throwable failure(CompletableFuture<?> outcome) {
        Throwable thrown = catchThrowable(() -> outcome.get(30, TimeUnit.SECONDS));
        assertThat(thrown).isInstanceOf(ExecutionException.class);
        return Objects.requireNonNull(thrown.getCause());
    }

    /** The first so many requests with a word in them have a trouble. */
    private void first(int times, String word, Trouble trouble) {
        AtomicInteger left = new AtomicInteger(times);
        server.trouble = request -> request.contains(word) && left.getAndDecrement() > 0 ? trouble : null;
    }

    @Test
    void open_ofAnIndexThatAnEarlierVersionMade_addsTheFieldOfWhatIsWritten() throws Exception {
        server.forgetField("words");
        ImageRecord page = new ImageRecord(
                "a",
                "i",
                "pa",
                null,
                1,
                1,
                1,
                1,
                "",
                List.of(),
                Map.of(),
                null,
                List.of(new WrittenLine("Invoice", 1, List.of(0f, 0f, 1f, 0f, 1f, 1f, 0f, 1f))),
                null);
        try (ImageIndex later = open()) {
            var _ = later.put(page, new Vector(new float[] {1, 0}), true).get(30, TimeUnit.SECONDS);

            assertThat(later.search(new ImageQuery(null, 1, -1, List.of(), Words.sought("invoice"))))
                    .hasSize(1);
            assertThat(server.requests.stream()
                            .filter(request -> request.startsWith("PUT") && request.contains("_mapping")))
                    .hasSize(1);
        }
    }

    @Test
    void put_whereItsAnswerIsLost_isTriedAgain_andKnowsItsOwn() throws Exception {
        first(1, "_bulk", new Trouble.LostAnswer());

        assertThat(put("a").get(30, TimeUnit.SECONDS)).isEqualTo(new Put.Created());
        assertThat(put("a").get(30, TimeUnit.SECONDS)).isEqualTo(new Put.Present("a", Put.Sameness.FILE));
        assertThat(index.state().images()).isEqualTo(1);
    }

    @Test
    void put_whereItIsSlow_isTriedAgain_andInOnce() throws Exception {
        first(1, "_bulk", new Trouble.Late(900));

        assertThat(put("a").get(30, TimeUnit.SECONDS)).isEqualTo(new Put.Created());
        assertThat(index.state().images()).isEqualTo(1);
    }

    @Test
    void put_whereHalfOfABulkFails_triesThatHalfAlone() throws Exception {
        AtomicInteger once = new AtomicInteger();
        server.itemTrouble = id -> id.equals("pb") && once.getAndIncrement() == 0 ? 429 : null;
        List<CompletableFuture<Put>> puts = List.of(put("a"), put("b"), put("c"));
        for (CompletableFuture<Put> one : puts) {
            assertThat(one.get(30, TimeUnit.SECONDS)).isEqualTo(new Put.Created());
        }

        List<String> sent = new ArrayList<>();
        server.bulks.forEach(sent::addAll);
        assertThat(sent).containsExactlyInAnyOrder("pa", "pb", "pb", "pc");
    }

    @Test
    void put_ofAnImageThatIsRefused_failsAtOnce_andTheOthersGoIn() throws Exception {
        server.itemTrouble = id -> id.equals("pb") ? 400 : null;
        CompletableFuture<Put> good = put("a");
        CompletableFuture<Put> bad = put("b");

        assertThat(failure(bad)).isInstanceOf(IndexException.class).hasMessageContaining("trouble_400: of pb");
        assertThat(good.get(30, TimeUnit.SECONDS)).isEqualTo(new Put.Created());
        assertThat(server.bulks.stream().flatMap(List::stream)).containsOnlyOnce("pb");
    }

    @Test
    void put_whereItStaysOverloaded_isGivenUpAsBusy_afterSoManyTries() {
        server.trouble =
                request -> new Trouble.Status(429, "{\"error\":{\"type\":\"es_rejected\",\"reason\":\"full\"}}");

        assertThat(failure(put("a")))
                .isInstanceOfSatisfying(
                        IndexException.class, e -> assertThat(e.isBusy()).isTrue())
                .hasMessageContaining("429 es_rejected: full");
        assertThat(server.requests).hasSize(TRIES);
    }

    @Test
    void put_whereOneImageStaysOverloaded_isBusyForItAlone() throws Exception {
        server.itemTrouble = id -> id.equals("pb") ? 429 : null;
        CompletableFuture<Put> good = put("a");

        assertThat(failure(put("b")))
                .isInstanceOfSatisfying(
                        IndexException.class, e -> assertThat(e.isBusy()).isTrue());
        assertThat(good.get(30, TimeUnit.SECONDS)).isEqualTo(new Put.Created());
    }

    @Test
    void put_whereItIsRed_failsWithItsReason_andGoesInOnceItIsGreen() throws Exception {
        server.itemTrouble = id -> 503;
        assertThat(failure(put("a"))).hasMessageContaining("trouble_503");

        server.itemTrouble = id -> null;
        assertThat(put("a").get(30, TimeUnit.SECONDS)).isEqualTo(new Put.Created());
    }

    @Test
    void put_whereTheIndexWasDeleted_failsAndMakesNoOther() {
        server.lose();

        assertThat(failure(put("a"))).hasMessageContaining("index_not_found");
        assertThatThrownBy(() -> index.search(new ImageQuery(null, 1, -1, List.of())))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("no such index");
        assertThat(server.requests).noneMatch(request -> request.startsWith("PUT"));
    }

    @Test
    void put_whereNobodyListens_failsAfterSoManyTries() {
        server.close();

        assertThat(failure(put("a")))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("OpenSearch does not answer");
    }

    @Test
    void close_whereNobodyListens_doesNotWaitForLater() throws Exception {
        ImageIndex patient = OpenSearchIndex.open(settings(), SOURCE, new Retries(20, 60_000, bound -> 0));
        server.close();
        CompletableFuture<Put> waiting = patient.put(
                new ImageRecord("a", "i", "p", null, 1, 1, 1, 1, "", List.of(), Map.of()),
                new Vector(new float[] {1, 0}),
                true);
        patient.close();

        assertThat(failure(waiting)).isInstanceOf(IndexException.class);
    }

    @Test
    void search_whereShardsAreMissing_failsAfterSoManyTries() {
        server.trouble = request -> new Trouble.Status(
                503, "{\"error\":{\"type\":\"search_phase_execution_exception\",\"reason\":\"all shards failed\"}}");

        assertThatThrownBy(() -> index.search(new ImageQuery(null, 1, -1, List.of())))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("all shards failed");
        assertThat(server.requests)
                .hasSize(TRIES)
                .allMatch(request -> request.contains("allow_partial_search_results=false"));
    }

    @Test
    void delete_whereItsAnswerIsLost_hasTakenItOut() throws Exception {
        put("a").get(30, TimeUnit.SECONDS);
        first(1, "DELETE", new Trouble.LostAnswer());

        assertThat(index.delete("a").get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(index.get("a")).isEmpty();
    }

    @Test
    void requests_showCredentials_whichNothingElseDoes() throws Exception {
        put("a").get(30, TimeUnit.SECONDS);

        assertThat(server.authorization).isEqualTo("Basic bWU6c2VjcmV0");
        assertThat(settings().toString()).doesNotContain("secret").doesNotContain("bWU6c2VjcmV0");
    }

    @Test
    void open_whereThePasswordIsWrong_saysSoAtOnce() {
        server.trouble = request -> new Trouble.Status(401, "\"Unauthorized\"");

        assertThatThrownBy(this::open).isInstanceOf(IndexException.class).hasMessageContaining("401");
        assertThat(server.requests).hasSize(1);
    }

    @Test
    void census_countsThoseWithImages() throws Exception {
        put("a").get(30, TimeUnit.SECONDS);
        OpenSearchIndex.open(settings(), new VectorSource("other", "00", 2)).close();

        assertThat(OpenSearchCensus.filled(settings())).singleElement().satisfies(state -> {
            assertThat(state.source()).isEqualTo(SOURCE);
            assertThat(state.images()).isEqualTo(1);
            assertThat(state.engine()).isEqualTo("opensearch");
        });
    }
}
