package phifleet.worker.bench;

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

/** One text on an idle worker: the whole of HTTP against the bare session, turn by turn. */
public final class LatencyBench {
    private static final int[] LENGTHS = {8, 16, 32, 128};
    /** Until the JVM has compiled what is ours, the shortest text's path included. */
    private static final int WARM_UPS = 1_500;

    private static final int TURNS = 30;
    private static final int ROUNDS = 9;

    private LatencyBench() {}

    public static void main(String[] arguments) throws Exception {
        Path cache = Path.of(arguments[0]);
        Engines engines = new Engines(EngineSettings.of(cache));
        Tokenizer tokenizer = engines.tokenizer(EmbeddedModel.ALL_MINILM_L6_V2.spec());
        List<String> words = Texts.words();
        Random random = new Random(3);
        try (BareSession bare = new BareSession();
                WorkerUnderTest worker = WorkerUnderTest.start(cache, Map.of())) {
            System.out.println("tokens  bare p50 ms  HTTP p50 ms  added ms");
            for (int length : LENGTHS) {
                String text = Texts.ofTokens(length, words, random, tokenizer);
                List<TokenSequence> batch = List.of(tokenizer.encode(text, true));
                LoadDriver client = new LoadDriver(worker.uri(), 1);
                Workload call = Workload.inTurn(EmbeddingBench.calls(List.of(text), 1));
                client.run(call, WARM_UPS);
                double[] bareMillis = new double[ROUNDS];
                double[] httpMillis = new double[ROUNDS];
                for (int i = 0; i < ROUNDS; i++) {
                    bareMillis[i] = median(bare, batch);
                    httpMillis[i] = client.run(call, TURNS).latencyMillis(0.5);
                }
                Arrays.sort(bareMillis);
                Arrays.sort(httpMillis);
                System.out.printf(
                        Locale.ROOT,
                        "%6d %12.2f %12.2f %9.2f%n",
                        length,
                        bareMillis[ROUNDS / 2],
                        httpMillis[ROUNDS / 2],
                        httpMillis[ROUNDS / 2] - bareMillis[ROUNDS / 2]);
            }
        }
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
