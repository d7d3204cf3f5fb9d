package phifleet.worker.bench;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.DoubleStream;
import phifleet.inference.engine.EngineSettings;
import phifleet.inference.engine.Engines;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Model;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;

/**
 * What texts cost by how batches of them are made, in processor time of one thread, turn by turn: our form in the order of arrival
 * and sorted, and the exported graph with all texts sorted beforehand.
 */
public final class BatchBench {
    private static final int TEXTS = 64;
    private static final int BUDGET = 512;
    private static final int[] BUDGETS = {1, 128, 512, 2048};
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private BatchBench() {}

    private interface Runner {
        void run(List<TokenSequence> batch) throws Exception;
    }

    private record Way(Runner model, List<List<TokenSequence>> batches) {
        double seconds() throws Exception {
            long start = THREADS.getCurrentThreadCpuTime();
            for (List<TokenSequence> batch : batches) {
                model.run(batch);
            }
            return (THREADS.getCurrentThreadCpuTime() - start) / 1e9;
        }
    }

    public static void main(String[] arguments) throws Exception {
        int rounds = Integer.parseInt(arguments[1]);
        Engines engines = new Engines(EngineSettings.of(Path.of(arguments[0])));
        Tokenizer tokenizer = engines.tokenizer(EmbeddedModel.ALL_MINILM_L6_V2.spec());
        List<TokenSequence> texts = new ArrayList<>();
        for (String text : Texts.mixed(TEXTS, tokenizer, 7)) {
            texts.add(tokenizer.encode(text, true));
        }
        List<TokenSequence> sorted = texts.stream()
                .sorted(Comparator.comparingInt(TokenSequence::length))
                .toList();
        try (Model<TokenSequence, Vector> ours =
                        engines.load(EmbeddedModel.ALL_MINILM_L6_V2.spec()).model();
                BareSession bare = new BareSession()) {
            Map<String, Way> ways = new LinkedHashMap<>();
            Way reference = new Way(bare::run, batches(sorted, BUDGET, true));
            ways.put("exported graph, sorted, " + BUDGET, reference);
            for (int budget : BUDGETS) {
                ways.put("ours, in order, " + budget, new Way(ours::run, batches(texts, budget, false)));
            }
            ways.put("ours, sorted, " + BUDGET, new Way(ours::run, batches(sorted, BUDGET, false)));
            Map<String, List<Double>> ratios = new LinkedHashMap<>();
            for (Way way : ways.values()) {
                way.seconds();
            }
            for (int round = 0; round < rounds; round++) {
                double before = reference.seconds();
                for (Map.Entry<String, Way> way : ways.entrySet()) {
                    double own = way.getValue().seconds();
                    double after = reference.seconds();
                    ratios.computeIfAbsent(way.getKey(), absent -> new ArrayList<>())
                            .add(own / (before + after) * 2);
                    before = after;
                }
            }
            ratios.forEach((way, found) -> System.out.printf(
                    Locale.ROOT, "%-32s %.3f of the time of the exported graph sorted%n", way, median(found)));
        }
    }

    private static double median(List<Double> values) {
        double[] sorted =
                values.stream().flatMapToDouble(DoubleStream::of).sorted().toArray();
        return sorted[sorted.length / 2];
    }

    /** Cut in their order, with so many tokens at most, padding included where it is computed. */
    private static List<List<TokenSequence>> batches(List<TokenSequence> texts, int budget, boolean padded) {
        List<List<TokenSequence>> batches = new ArrayList<>();
        List<TokenSequence> batch = new ArrayList<>();
        int tokens = 0;
        int longest = 0;
        for (TokenSequence text : texts) {
            int most = Math.max(longest, text.length());
            int with = padded ? (batch.size() + 1) * most : tokens + text.length();
            if (!batch.isEmpty() && with > budget) {
                batches.add(batch);
                batch = new ArrayList<>();
                tokens = 0;
                most = text.length();
            }
            batch.add(text);
            tokens += text.length();
            longest = most;
        }
        batches.add(batch);
        return batches;
    }
}
