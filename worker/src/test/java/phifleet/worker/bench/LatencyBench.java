package phifleet.worker.bench;

import java.net.URI;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import phifleet.benchmark.LoadDriver;
import phifleet.benchmark.Workload;
import phifleet.inference.engine.EngineSettings;
import phifleet.inference.engine.Engines;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.worker.WorkerUnderTest;

/**
 * One text on an idle worker: the whole of HTTP against bare sessions of one thread and of one a core, turn by turn, and against a
 * worker that gives each batch one thread; then both workers under more clients, where that must not matter.
 */
public final class LatencyBench {
    private static final int[] LENGTHS = {8, 16, 32, 128};
    private static final int[] CLIENTS = {1, 2, 4, 32};
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final Map<String, String> ONE_THREAD = Map.of("BATCHING_THREADS_WHEN_IDLE", "1");

    /** Until the JVM has compiled what is ours, the shortest text's path included. */
    private static final int WARM_UPS = 1_500;

    private static final int TURNS = 30;
    private static final int ROUNDS = 9;

    /** What the clients send together in a turn. */
    private static final int CALLS = 600;

    private LatencyBench() {}

    /** Something that answers one text in so many milliseconds, by the median of some turns. */
    @FunctionalInterface
    private interface Contender {
        double medianMillis() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        Path cache = Path.of(arguments[0]);
        Engines engines = new Engines(EngineSettings.of(cache));
        Tokenizer tokenizer = engines.tokenizer(EmbeddedModel.ALL_MINILM_L6_V2.spec());
        try (BareSession one = new BareSession();
                BareSession all = new BareSession(CORES);
                WorkerUnderTest worker = WorkerUnderTest.start(cache, Map.of());
                WorkerUnderTest narrow = WorkerUnderTest.start(cache, ONE_THREAD)) {
            latencies(tokenizer, one, all, worker.uri(), narrow.uri());
            throughput(tokenizer, worker.uri(), narrow.uri());
        }
    }

    private static void latencies(Tokenizer tokenizer, BareSession one, BareSession all, URI worker, URI narrow)
            throws Exception {
        List<String> words = Texts.words();
        Random random = new Random(3);
        System.out.printf(
                "%d cores; p50 ms%ntokens  bare, 1 thread  bare, 1 a core  HTTP  HTTP, 1 thread  HTTP / bare, 1 a core%n",
                CORES);
        for (int length : LENGTHS) {
            String text = Texts.ofTokens(length, words, random, tokenizer);
            List<TokenSequence> batch = List.of(tokenizer.encode(text, true));
            Workload call = Workload.inTurn(EmbeddingBench.calls(List.of(text), 1));
            LoadDriver client = new LoadDriver(worker, 1);
            LoadDriver narrowClient = new LoadDriver(narrow, 1);
            client.run(call, WARM_UPS);
            narrowClient.run(call, WARM_UPS);
            double[] millis = medians(
                    () -> median(one, batch),
                    () -> median(all, batch),
                    () -> client.run(call, TURNS).latencyMillis(0.5),
                    () -> narrowClient.run(call, TURNS).latencyMillis(0.5));
            System.out.printf(
                    Locale.ROOT,
                    "%6d %15.2f %15.2f %5.2f %15.2f %22.2f%n",
                    length,
                    millis[0],
                    millis[1],
                    millis[2],
                    millis[3],
                    millis[2] / millis[1]);
        }
    }

    private static void throughput(Tokenizer tokenizer, URI worker, URI narrow) throws Exception {
        Workload calls = Workload.inTurn(EmbeddingBench.calls(Texts.mixed(CALLS, tokenizer, 7), 1));
        System.out.println("clients  texts/s  texts/s, 1 thread  ratio  texts a CPU-second, ratio");
        for (int clients : CLIENTS) {
            LoadDriver ours = new LoadDriver(worker, clients);
            LoadDriver theirs = new LoadDriver(narrow, clients);
            double[] found = paces(
                    () -> Throughput.of(CALLS, () -> ours.run(calls, CALLS)),
                    () -> Throughput.of(CALLS, () -> theirs.run(calls, CALLS)));
            System.out.printf(
                    Locale.ROOT,
                    "%7d %8.1f %18.1f %6.3f %26.3f%n",
                    clients,
                    found[0],
                    found[1],
                    found[0] / found[1],
                    found[2] / found[3]);
        }
    }

    /** A turn at a load, in texts a second and a CPU-second. */
    @FunctionalInterface
    private interface Load {
        Throughput pace() throws Exception;
    }

    /** The medians of two in turn: both by wall, then both by processor time. */
    private static double[] paces(Load first, Load second) throws Exception {
        double[][] found = new double[4][ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            Throughput one = first.pace();
            Throughput other = second.pace();
            found[0][i] = one.perSecond();
            found[1][i] = other.perSecond();
            found[2][i] = one.perCpuSecond();
            found[3][i] = other.perCpuSecond();
        }
        return middles(found);
    }

    private static double[] medians(Contender... contenders) throws Exception {
        double[][] found = new double[contenders.length][ROUNDS];
        for (int i = 0; i < ROUNDS; i++) {
            for (int k = 0; k < contenders.length; k++) {
                found[k][i] = contenders[k].medianMillis();
            }
        }
        return middles(found);
    }

    private static double[] middles(double[][] rows) {
        return Arrays.stream(rows)
                .mapToDouble(row -> {
                    Arrays.sort(row);
                    return row[row.length / 2];
                })
                .toArray();
    }

    private static double median(BareSession bare, List<TokenSequence> batch) throws Exception {
        double[] millis = new double[TURNS];
        for (int i = 0; i < TURNS; i++) {
            long start = System.nanoTime();
            bare.run(batch);
            millis[i] = (System.nanoTime() - start) / 1e6;
        }
        Arrays.sort(millis);
        return millis[TURNS / 2];
    }
}
