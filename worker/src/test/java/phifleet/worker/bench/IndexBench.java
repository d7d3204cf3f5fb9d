package phifleet.worker.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Queue;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import phifleet.inference.model.Vector;
import phifleet.worker.index.Hit;
import phifleet.worker.index.ImageIndex;
import phifleet.worker.index.ImageQuery;
import phifleet.worker.index.ImageRecord;
import phifleet.worker.index.LuceneIndex;
import phifleet.worker.index.Put;
import phifleet.worker.index.VectorSource;

/**
 * Called by {@code scripts/bench index}: FOLDER [VECTORS [QUERIES]]. How an index in a folder is filled and searched: images a second, the time
 * until merges rest, bytes on disk, and of queries the latency, the CPU time, and how many of the ten nearest they find, held against all vectors
 * one by one. In floats and in 7 bits. Vectors are of 512 numbers around a thousand centres, as those of pictures are: random ones without
 * centres have no near neighbours to find.
 */
public final class IndexBench {
    private static final int DIMENSION = 512;
    private static final int CENTRES = 1_000;
    private static final int NEAREST = 10;

    /** What one picture differs from its centre by, of a length of one in all directions together. */
    private static final double SPREAD = 0.7;

    /** Puts that wait for their commit, as of many requests. */
    private static final int IN_HAND = 256;

    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private IndexBench() {}

    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        int count = args.length > 1 ? Integer.parseInt(args[1]) : 100_000;
        int queries = args.length > 2 ? Integer.parseInt(args[2]) : 1_000;
        SplittableRandom random = new SplittableRandom(15);
        float[][] centres = vectors(CENTRES, new float[1][DIMENSION], 1, random);
        float[][] vectors = vectors(count, centres, SPREAD, random);
        float[][] asked = vectors(queries, centres, SPREAD, random);
        List<List<String>> nearest = nearest(vectors, asked);
        System.out.printf(Locale.ROOT, "%d vectors of %d, %d queries%n", count, DIMENSION, queries);
        for (boolean quantised : new boolean[] {false, true}) {
            clear(folder);
            measure(folder, quantised, vectors, asked, nearest);
        }
        clear(folder);
    }

    /** Around one of the centres each, of length one. */
    private static float[][] vectors(int count, float[][] centres, double spread, SplittableRandom random) {
        float[][] vectors = new float[count][];
        double each = spread / Math.sqrt(DIMENSION);
        for (int i = 0; i < count; i++) {
            float[] vector = centres[random.nextInt(centres.length)].clone();
            double squares = 0;
            for (int d = 0; d < DIMENSION; d++) {
                vector[d] += (float) (each * random.nextGaussian());
                squares += vector[d] * vector[d];
            }
            float scale = (float) (1 / Math.sqrt(squares));
            for (int d = 0; d < DIMENSION; d++) {
                vector[d] *= scale;
            }
            vectors[i] = vector;
        }
        return vectors;
    }

    private record Scored(int number, double score) {}

    /** By all vectors one by one. */
    private static List<List<String>> nearest(float[][] vectors, float[][] asked) {
        return Arrays.stream(asked)
                .parallel()
                .map(query -> {
                    PriorityQueue<Scored> best = new PriorityQueue<>(Comparator.comparingDouble(Scored::score));
                    for (int i = 0; i < vectors.length; i++) {
                        double dot = 0;
                        for (int d = 0; d < DIMENSION; d++) {
                            dot += vectors[i][d] * query[d];
                        }
                        best.add(new Scored(i, dot));
                        if (best.size() > NEAREST) {
                            best.remove();
                        }
                    }
                    return best.stream().map(one -> id(one.number())).toList();
                })
                .toList();
    }

    private static String id(int number) {
        return String.format(Locale.ROOT, "%064x", number);
    }

    private static void measure(
            Path folder, boolean quantised, float[][] vectors, float[][] asked, List<List<String>> nearest)
            throws Exception {
        VectorSource source = new VectorSource("bench", "00ff", DIMENSION);
        try (ImageIndex index = LuceneIndex.open(folder, source, quantised, () -> 0)) {
            long start = System.nanoTime();
            fill(index, vectors);
            double filled = seconds(start);
            long bytes = settled(index);
            double settled = seconds(start);
            Histogram latency = new Histogram(3);
            int found = 0;
            long cpu = 0;
            for (int round = 0; round < 2; round++) {
                // The first round warms up.
                latency.reset();
                found = 0;
                cpu = THREADS.getCurrentThreadCpuTime();
                for (int i = 0; i < asked.length; i++) {
                    long begun = System.nanoTime();
                    List<Hit> hits = index.search(new ImageQuery(new Vector(asked[i]), NEAREST, -1, List.of()));
                    latency.recordValue((System.nanoTime() - begun) / 1_000);
                    List<String> wanted = nearest.get(i);
                    found += (int) hits.stream()
                            .filter(hit -> wanted.contains(hit.image().id()))
                            .count();
                }
                cpu = THREADS.getCurrentThreadCpuTime() - cpu;
            }
            System.out.printf(
                    Locale.ROOT,
                    "%-7s filled in %.1f s (%.0f/s), at rest after %.1f s, %.1f MB; query p50 %.2f ms, p99 %.2f ms, CPU %.2f ms; recall@%d %.4f%n",
                    quantised ? "7 bits" : "floats",
                    filled,
                    vectors.length / filled,
                    settled,
                    bytes / 1e6,
                    latency.getValueAtPercentile(50) / 1e3,
                    latency.getValueAtPercentile(99) / 1e3,
                    cpu / 1e6 / asked.length,
                    NEAREST,
                    found / (double) (NEAREST * asked.length));
        }
    }

    private static double seconds(long start) {
        return (System.nanoTime() - start) / 1e9;
    }

    private static void fill(ImageIndex index, float[][] vectors) throws Exception {
        Queue<CompletableFuture<Put>> inHand = new ArrayDeque<>();
        for (int i = 0; i < vectors.length; i++) {
            ImageRecord image = new ImageRecord(
                    id(i), "imo", "pixels-" + i, "image " + i, 640, 480, 100_000, i, "", List.of(), Map.of());
            inHand.add(index.put(image, new Vector(vectors[i]), true));
            if (inHand.size() == IN_HAND) {
                inHand.remove().get();
            }
        }
        for (CompletableFuture<Put> put : inHand) {
            put.get();
        }
    }

    /** Its size once merges rest: the same for three seconds. */
    private static long settled(ImageIndex index) throws Exception {
        long bytes = -1;
        for (int same = 0; same < 6; ) {
            long now = index.state().bytes();
            same = now == bytes ? same + 1 : 0;
            bytes = now;
            TimeUnit.MILLISECONDS.sleep(500);
        }
        return bytes;
    }

    private static void clear(Path folder) throws IOException {
        if (Files.exists(folder)) {
            List<Path> all = new ArrayList<>();
            try (Stream<Path> files = Files.walk(folder)) {
                files.forEach(all::add);
            }
            for (Path file : all.reversed()) {
                Files.delete(file);
            }
        }
    }
}
