package phifleet.worker.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.apache.lucene.store.ByteBuffersDirectory;
import org.apache.lucene.store.FilterDirectory;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.model.Vector;

class LuceneIndexTest {
    @TempDir
    Path folder;

    @Nested
    class InFloats extends OrderedIndexContract {
        @Override
        ImageIndex open(VectorSource source) throws IndexException {
            return LuceneIndex.open(folder, source, false, () -> 0);
        }
    }

    @Nested
    class Quantised extends OrderedIndexContract {
        @Override
        ImageIndex open(VectorSource source) throws IndexException {
            return LuceneIndex.open(folder, source, true, () -> 0);
        }
    }

    @Test
    void open_ofAFolderThatIsOpen_isRefused() throws Exception {
        try (ImageIndex first = LuceneIndex.open(folder, ImageIndexContract.SOURCE, false, () -> 0)) {
            assertThat(first.state().images()).isZero();
            assertThatThrownBy(() -> LuceneIndex.open(folder, ImageIndexContract.SOURCE, false, () -> 0))
                    .isInstanceOf(IndexException.class)
                    .hasMessageContaining("another process");
        }
    }

    @Test
    void open_ofAnotherModelsVectors_isRefused() throws Exception {
        ByteBuffersDirectory directory = new ByteBuffersDirectory();
        LuceneIndex.open(new Kept(directory), ImageIndexContract.SOURCE, false, () -> 0)
                .close();

        assertThatThrownBy(() ->
                        LuceneIndex.open(new Kept(directory), new VectorSource("encoder", "00fe", 4), false, () -> 0))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("00ff")
                .hasMessageContaining("00fe");
    }

    @Test
    void open_forLongerVectorsThanItTakes_isRefused() {
        assertThatThrownBy(() -> LuceneIndex.open(folder, new VectorSource("encoder", "00ff", 2048), false, () -> 0))
                .isInstanceOf(IndexException.class)
                .hasMessageContaining("1024")
                .hasMessageContaining("2048");
    }

    @Test
    void open_forWhoIsGivenUpMeanwhile_isOpenForAllOthers() throws Exception {
        Thread.currentThread().interrupt();
        try (ImageIndex index = LuceneIndex.open(folder, ImageIndexContract.SOURCE, false, () -> 0)) {
            assertThat(Thread.interrupted()).isTrue();
            assertThat(index.put(ImageIndexContract.image("a", "p"), ImageIndexContract.vector(1, 0, 0, 0), true)
                            .get(30, TimeUnit.SECONDS))
                    .isEqualTo(new Put.Created());
        }
    }

    @Test
    void open_onADiskThatIsFull_worksOnceThereIsRoom() throws Exception {
        Kept disk = new Kept(new ByteBuffersDirectory());
        disk.full = true;
        assertThatThrownBy(() -> LuceneIndex.open(disk, ImageIndexContract.SOURCE, false, () -> 0))
                .hasMessageContaining("No space left");

        disk.full = false;
        try (ImageIndex index = LuceneIndex.open(disk, ImageIndexContract.SOURCE, false, () -> 0)) {
            assertThat(index.state().images()).isZero();
        }
    }

    @Test
    void put_onADiskThatIsFull_failsWithoutTrace_andWorksOnceThereIsRoom() throws Exception {
        Kept disk = new Kept(new ByteBuffersDirectory());
        try (LuceneIndex index = LuceneIndex.open(disk, ImageIndexContract.SOURCE, false, () -> 0)) {
            index.put(ImageIndexContract.image("a", "p"), ImageIndexContract.vector(1, 0, 0, 0), true)
                    .get(30, TimeUnit.SECONDS);
            disk.full = true;

            assertThatThrownBy(() -> index.put(
                                    ImageIndexContract.image("b", "q"), ImageIndexContract.vector(1, 0, 0, 0), true)
                            .get(30, TimeUnit.SECONDS))
                    .isInstanceOf(ExecutionException.class)
                    .hasMessageContaining("No space left");
            assertThat(index.get("a")).isPresent();
            assertThat(index.get("b")).isEmpty();

            disk.full = false;
            assertThat(index.put(ImageIndexContract.image("b", "q"), ImageIndexContract.vector(1, 0, 0, 0), true)
                            .get(30, TimeUnit.SECONDS))
                    .isEqualTo(new Put.Created());
            assertThat(index.state().images()).isEqualTo(2);
        }
    }

    @Test
    void search_amongMoreThanIsSearchedOneByOne_findsNearlyAllNearest() throws Exception {
        for (boolean quantised : List.of(false, true)) {
            assertThat(recall(quantised))
                    .as("recall@10, quantised: " + quantised)
                    .isGreaterThanOrEqualTo(0.95);
        }
    }

    /** Of 5,000 vectors of 32 random numbers, which is past where graphs begin. */
    private double recall(boolean quantised) throws Exception {
        Random random = new Random(15);
        VectorSource source = new VectorSource("encoder", quantised ? "a" : "b", 32);
        List<Vector> vectors =
                IntStream.range(0, 5_000).mapToObj(i -> random(random)).toList();
        try (LuceneIndex index = LuceneIndex.open(folder, source, quantised, () -> 0)) {
            List<CompletableFuture<Put>> puts = new ArrayList<>();
            for (int i = 0; i < vectors.size(); i++) {
                puts.add(index.put(ImageIndexContract.image("id" + i, "p" + i), vectors.get(i), true));
            }
            puts.forEach(CompletableFuture::join);
            int hits = 0;
            for (int query = 0; query < 50; query++) {
                Vector wanted = random(random);
                List<String> nearest = IntStream.range(0, vectors.size())
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -cosine(vectors.get(i), wanted)))
                        .limit(10)
                        .map(i -> "id" + i)
                        .toList();
                hits += (int) index.search(new ImageQuery(wanted, 10, -1, List.of())).stream()
                        .filter(hit -> nearest.contains(hit.image().id()))
                        .count();
            }
            return hits / 500.0;
        }
    }

    private static Vector random(Random random) {
        float[] values = new float[32];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        return new Vector(values);
    }

    private static double cosine(Vector first, Vector second) {
        return UnitVector.dot(first.values(), second.values())
                / Math.sqrt(UnitVector.dot(first.values(), first.values()))
                / Math.sqrt(UnitVector.dot(second.values(), second.values()));
    }

    /** A disk in memory that outlives its index, and can be full. */
    private static final class Kept extends FilterDirectory {
        private volatile boolean full;

        Kept(ByteBuffersDirectory memory) {
            super(memory);
        }

        @Override
        public void sync(Collection<String> names) throws IOException {
            if (full) {
                throw new IOException("No space left on device");
            }
            super.sync(names);
        }

        @Override
        public void close() {
            // The next index opens it.
        }
    }
}
