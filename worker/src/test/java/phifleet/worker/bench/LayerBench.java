package phifleet.worker.bench;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import phifleet.inference.engine.EngineSettings;
import phifleet.inference.engine.Engines;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Model;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;

/** What our model costs above the bare session, shape by shape, turn by turn on one thread: DJL's layer and the pooling. */
public final class LayerBench {
    private static final int[][] SHAPES = {{1, 8}, {1, 16}, {1, 32}, {1, 128}, {4, 32}, {8, 32}, {16, 32}, {32, 32}};
    private static final int TURNS = 200;

    /** Of the smallest batch, until the JVM has compiled what is ours: the engine's native code needs none. */
    private static final int WARM_UPS = 2_000;

    private static final long MOST_NANOS = 8_000_000_000L;

    private LayerBench() {}

    public static void main(String[] arguments) throws Exception {
        Engines engines = new Engines(EngineSettings.of(Path.of(arguments[0])));
        Tokenizer tokenizer = engines.tokenizer(EmbeddedModel.ALL_MINILM_L6_V2.spec());
        List<String> words = Texts.words();
        Random random = new Random(1);
        try (Model<TokenSequence, Vector> model =
                        engines.load(EmbeddedModel.ALL_MINILM_L6_V2.spec()).model();
                BareSession bare = new BareSession()) {
            List<TokenSequence> smallest =
                    List.of(tokenizer.encode(Texts.ofTokens(SHAPES[0][1], words, random, tokenizer), true));
            for (int i = 0; i < WARM_UPS; i++) {
                model.run(smallest);
                bare.run(smallest);
            }
            System.out.println("   shape   bare µs   ours µs  ours/bare (medians)");
            for (int[] shape : SHAPES) {
                TokenSequence text = tokenizer.encode(Texts.ofTokens(shape[1], words, random, tokenizer), true);
                List<TokenSequence> batch = Collections.nCopies(shape[0], text);
                double[] bareMicros = new double[TURNS];
                double[] ourMicros = new double[TURNS];
                int turns = 0;
                long end = System.nanoTime() + MOST_NANOS;
                while (turns < TURNS && System.nanoTime() < end) {
                    bareMicros[turns] = micros(() -> bare.run(batch));
                    ourMicros[turns] = micros(() -> model.run(batch));
                    turns++;
                }
                double bareMedian = median(bareMicros, turns);
                double ourMedian = median(ourMicros, turns);
                System.out.printf(
                        Locale.ROOT,
                        "%3d x %3d %9.0f %9.0f %10.3f%n",
                        shape[0],
                        shape[1],
                        bareMedian,
                        ourMedian,
                        ourMedian / bareMedian);
            }
        }
    }

    private static double micros(Throughput.Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        return (System.nanoTime() - start) / 1e3;
    }

    private static double median(double[] values, int count) {
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[count / 2];
    }
}
