package phifleet.worker.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.Vector;

/** What every index does, wherever it keeps its images. */
abstract class ImageIndexContract {
    static final VectorSource SOURCE = new VectorSource("encoder", "00ff", 4);

    ImageIndex index;

    /** Opens the index of one test, with all that was put into it before in this test. */
    abstract ImageIndex open(VectorSource source) throws IndexException;

    @BeforeEach
    void open() throws IndexException {
        index = open(SOURCE);
    }

    @AfterEach
    void close() {
        index.close();
    }

    static ImageRecord image(String id, String pixels, String... labels) {
        return new ImageRecord(
                id,
                "imo-" + id,
                pixels,
                "name of " + id,
                640,
                480,
                12_345,
                1_700_000_000_000L + id.hashCode(),
                "detector",
                List.of(labels).stream()
                        .map(label -> new Detected(label, 0.5f, 1, 2, 3, 4))
                        .toList(),
                Map.of("place", "Oslo", "year", 1999, "share", 0.25, "mine", true));
    }

    static ImageRecord page(String id, String... lines) {
        ImageRecord image = image(id, "p" + id);
        return new ImageRecord(
                image.id(),
                image.imohash(),
                image.pixels(),
                image.name(),
                image.width(),
                image.height(),
                image.bytes(),
                image.indexedAt(),
                image.detector(),
                image.detections(),
                image.metadata(),
                null,
                List.of(lines).stream()
                        .map(line -> new WrittenLine(line, 0.5f, List.of(1f, 2f, 30f, 2f, 30f, 9f, 1f, 9f)))
                        .toList(),
                null);
    }

    static Vector vector(float... values) {
        return new Vector(values);
    }

    private Put put(ImageRecord image, Vector vector) throws Exception {
        return index.put(image, vector, true).get(30, TimeUnit.SECONDS);
    }

    List<String> found(@Nullable Vector vector, int k, double minScore, String... labels) throws IndexException {
        return index.search(new ImageQuery(vector, k, minScore, List.of(labels))).stream()
                .map(hit -> hit.image().id())
                .toList();
    }

    @Test
    void put_ofAnImage_isThereWithAllThatIsKnownOfIt() throws Exception {
        ImageRecord image = image("a", "p", "dog", "cat");

        assertThat(put(image, vector(3, 0, 4, 0))).isEqualTo(new Put.Created());

        assertThat(index.get("a")).contains(image);
        assertThat(index.vector("a").orElseThrow().values()).containsExactly(0.6f, 0, 0.8f, 0);
        assertThat(index.state().images()).isEqualTo(1);
        assertThat(index.state().source()).isEqualTo(SOURCE);
    }

    @Test
    void get_ofWhatIsNotThere_isEmpty() throws Exception {
        assertThat(index.get("a")).isEmpty();
        assertThat(index.vector("a")).isEmpty();
        assertThat(found(vector(1, 0, 0, 0), 10, -1)).isEmpty();
        assertThat(index.state().images()).isZero();
    }

    @Test
    void put_ofTheSameFileAgain_changesNothing() throws Exception {
        ImageRecord first = image("a", "p", "dog");
        put(first, vector(1, 0, 0, 0));

        assertThat(put(image("a", "p", "cat"), vector(0, 1, 0, 0))).isEqualTo(new Put.Present("a", Put.Sameness.FILE));

        assertThat(index.get("a")).contains(first);
        assertThat(index.state().images()).isEqualTo(1);
    }

    @Test
    void put_ofTheSamePixelsInAnotherFile_namesTheOneThatIsThere() throws Exception {
        put(image("a", "p"), vector(1, 0, 0, 0));

        assertThat(put(image("b", "p"), vector(1, 0, 0, 0))).isEqualTo(new Put.Present("a", Put.Sameness.PIXELS));

        assertThat(index.get("b")).isEmpty();
    }

    @Test
    void present_saysWhatPutWouldBeTold() throws Exception {
        put(image("a", "p"), vector(1, 0, 0, 0));

        assertThat(index.present("a", "p")).contains(new Put.Present("a", Put.Sameness.FILE));
        assertThat(index.present("b", "p")).contains(new Put.Present("a", Put.Sameness.PIXELS));
        assertThat(index.present("b", "q")).isEmpty();
    }

    @Test
    void put_ofOneImageByManyAtOnce_createsItOnce() throws Exception {
        CyclicBarrier start = new CyclicBarrier(8);
        List<CompletableFuture<List<Put>>> clients = new ArrayList<>();
        for (int client = 0; client < 8; client++) {
            clients.add(CompletableFuture.supplyAsync(
                    () -> {
                        try {
                            start.await(30, TimeUnit.SECONDS);
                            List<CompletableFuture<Put>> puts = IntStream.range(0, 20)
                                    .mapToObj(i -> index.put(image("id" + i, "p" + i), vector(1, i, 0, 0), true))
                                    .toList();
                            return puts.stream().map(CompletableFuture::join).toList();
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    },
                    task -> Thread.ofVirtual().start(task)));
        }
        List<Put> all = new ArrayList<>();
        for (CompletableFuture<List<Put>> client : clients) {
            all.addAll(client.get(60, TimeUnit.SECONDS));
        }

        assertThat(all).filteredOn(Put.Created.class::isInstance).hasSize(20);
        assertThat(index.state().images()).isEqualTo(20);
        assertThat(found(null, 100, -1)).hasSize(20).doesNotHaveDuplicates();
    }

    @Test
    void put_thatIsNotDurable_isThereInTheEnd() throws Exception {
        index.put(image("a", "p"), vector(1, 0, 0, 0), false).get(30, TimeUnit.SECONDS);
        index.close();
        index = open(SOURCE);

        // Where the parts of an index are others', closing one that asks them commits nothing there.
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(15);
        while (index.get("a").isEmpty() && System.nanoTime() < end) {
            Thread.sleep(10);
        }
        assertThat(index.get("a")).isPresent();
    }

    @Test
    void search_findsTheNearestFirst_withTheirCosines() throws Exception {
        put(image("far", "1"), vector(0, 1, 0, 0));
        put(image("near", "2"), vector(2, 1, 0, 0));
        put(image("same", "3"), vector(5, 0, 0, 0));
        put(image("opposite", "4"), vector(-1, 0, 0, 0));

        List<Hit> hits = index.search(new ImageQuery(vector(1, 0, 0, 0), 10, -1, List.of()));

        assertThat(hits).extracting(hit -> hit.image().id()).containsExactly("same", "near", "far", "opposite");
        assertThat(hits.get(0).score()).isBetween(0.999999, 1.0);
        assertThat(hits.get(1).score()).isBetween(0.894426, 0.894428);
        assertThat(hits.get(3).score()).isBetween(-1.0, -0.999999);
    }

    @Test
    void search_withBounds_keepsThem() throws Exception {
        for (int i = 0; i < 10; i++) {
            put(image("id" + i, "p" + i), vector(10, i, 0, 0));
        }

        assertThat(found(vector(1, 0, 0, 0), 3, -1)).containsExactly("id0", "id1", "id2");
        assertThat(found(vector(1, 0, 0, 0), 10, 0.96)).containsExactly("id0", "id1", "id2");
    }

    @Test
    void search_withLabels_findsImagesThatHaveThemAll() throws Exception {
        put(image("both", "1", "dog", "cat", "dog"), vector(0, 1, 0, 0));
        put(image("dog", "2", "dog"), vector(1, 0, 0, 0));
        put(image("none", "3"), vector(1, 0, 0, 0));

        assertThat(found(vector(1, 0, 0, 0), 10, -1, "dog")).containsExactly("dog", "both");
        assertThat(found(vector(1, 0, 0, 0), 10, -1, "dog", "cat")).containsExactly("both");
        assertThat(found(null, 10, -1, "cat")).containsExactly("both");
        assertThat(found(null, 10, -1, "cow")).isEmpty();
    }

    @Test
    void search_withWords_findsImagesInWhichAllAreWritten() throws Exception {
        ImageRecord invoice = page("invoice", "INVOICE No. 4711", "Total: 12,50");
        put(invoice, vector(0, 1, 0, 0));
        put(page("letter", "your invoice", "你好世界"), vector(1, 0, 0, 0));
        put(page("blank"), vector(1, 0, 0, 0));
        put(image("unread", "u", "invoice"), vector(1, 0, 0, 0));

        assertThat(index.get("invoice")).contains(invoice);
        assertThat(written(vector(1, 0, 0, 0), "invoice")).containsExactly("letter", "invoice");
        assertThat(written(vector(1, 0, 0, 0), "4711 TOTAL")).containsExactly("invoice");
        assertThat(written(null, "世界")).containsExactly("letter");
        assertThat(written(null, "invoices")).isEmpty();
        assertThat(index.search(new ImageQuery(null, 10, -1, List.of("invoice"), Words.sought("invoice"))))
                .isEmpty();
    }

    private List<String> written(@Nullable Vector vector, String text) throws IndexException {
        return index.search(new ImageQuery(vector, 10, -1, List.of(), Words.sought(text))).stream()
                .map(hit -> hit.image().id())
                .toList();
    }

    @Test
    void ids_areInTheirOrder_fromOneOn() throws Exception {
        for (String id : List.of("b", "a", "d", "c", "ab")) {
            put(image(id, "p" + id), vector(1, 0, 0, 0));
        }
        index.delete("c").get(30, TimeUnit.SECONDS);

        assertThat(index.ids(null, 2)).containsExactly("a", "ab");
        assertThat(index.ids("ab", 2)).containsExactly("b", "d");
        assertThat(index.ids("c", 10)).containsExactly("d");
        assertThat(index.ids("d", 10)).isEmpty();
    }

    @Test
    void search_withoutVector_findsTheNewest() throws Exception {
        for (String id : List.of("b", "a", "c")) {
            put(image(id, "p" + id), vector(1, 0, 0, 0));
        }

        assertThat(found(null, 2, -1)).containsExactly("c", "b");
    }

    @Test
    void delete_takesAnImageOut_soThatItCanBePutAgain() throws Exception {
        put(image("a", "p"), vector(1, 0, 0, 0));

        assertThat(index.delete("a").get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(index.delete("a").get(30, TimeUnit.SECONDS)).isFalse();
        assertThat(index.get("a")).isEmpty();
        assertThat(found(vector(1, 0, 0, 0), 10, -1)).isEmpty();
        assertThat(put(image("b", "p"), vector(1, 0, 0, 0))).isEqualTo(new Put.Created());
    }

    @Test
    void open_again_hasAllThatWasThere() throws Exception {
        put(image("a", "p", "dog"), vector(1, 0, 0, 0));
        put(image("b", "q"), vector(1, 0, 0, 0));
        index.delete("b").get(30, TimeUnit.SECONDS);
        index.close();
        index = open(SOURCE);

        assertThat(found(null, 10, -1)).containsExactly("a");
        assertThat(put(image("a", "p"), vector(1, 0, 0, 0))).isEqualTo(new Put.Present("a", Put.Sameness.FILE));
    }

    @Test
    void open_forAnotherModel_hasAnotherIndex() throws Exception {
        put(image("a", "p"), vector(1, 0, 0, 0));
        try (ImageIndex other = open(new VectorSource("encoder", "00fe", 4))) {
            assertThat(other.state().images()).isZero();
        }
    }

    @Test
    void put_ofVectorsThatAreNone_fails_andTheOthersGoOn() throws Exception {
        CompletableFuture<Put> good = index.put(image("a", "p"), vector(1, 0, 0, 0), true);

        assertThatThrownBy(() -> put(image("b", "q"), vector(0, 0, 0, 0)))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("no direction");
        assertThatThrownBy(() -> put(image("c", "r"), vector(1, 0, 0)))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("has 3 numbers");
        assertThat(good.get(30, TimeUnit.SECONDS)).isEqualTo(new Put.Created());
    }

    @Test
    void put_afterTheEnd_fails() {
        index.close();

        assertThatThrownBy(() -> put(image("a", "p"), vector(1, 0, 0, 0)))
                .isInstanceOf(ExecutionException.class)
                .hasMessageContaining("closed");
    }
}
