package phifleet.worker.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;
import phifleet.benchmark.AnswerCheck;
import phifleet.benchmark.Call;
import phifleet.benchmark.LoadDriver;
import phifleet.benchmark.LoadReport;
import phifleet.benchmark.Workload;
import phifleet.inference.engine.EngineSettings;
import phifleet.inference.engine.Engines;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.worker.WorkerUnderTest;

/**
 * Embeddings a second over HTTP against the bare engine, in one process and turn by turn, so that what disturbs one
 * disturbs the other: each figure is the median over the rounds. Texts for a second of the clock and of the processors:
 * the second holds on a busy machine too, and counts the load driver's own work against the worker.
 */
public final class EmbeddingBench {
    private static final int TEXTS = 1024;
    private static final int CLIENTS = 32;
    private static final int WARM_UPS = 3;

    /** What most servers do: the oldest requests, up to 32 texts, filled up to the longest of them. */
    private static final Map<String, String> ARRIVAL_ORDER =
            Map.of("BATCHING_POLICY", "arrival-order", "BATCHING_BATCH_ITEMS", "32");

    private static final String PADDED = "models: [{id: all-minilm-l6-v2, packing: false}]";
    private static final int THREADS = Runtime.getRuntime().availableProcessors();

    private EmbeddingBench() {}

    public static void main(String[] arguments) throws Exception {
        Path cache = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        Engines engines = new Engines(EngineSettings.of(cache));
        Tokenizer tokenizer = engines.tokenizer(EmbeddedModel.ALL_MINILM_L6_V2.spec());
        List<String> texts = Texts.mixed(TEXTS, tokenizer, 2026);
        List<TokenSequence> sequences =
                texts.stream().map(text -> tokenizer.encode(text, true)).toList();
        System.out.printf(
                Locale.ROOT,
                "%d texts of %d to %d tokens, mean %.1f; %d cores, %d clients%n",
                TEXTS,
                sequences.stream().mapToInt(TokenSequence::length).min().orElse(0),
                sequences.stream().mapToInt(TokenSequence::length).max().orElse(0),
                sequences.stream().mapToInt(TokenSequence::length).average().orElse(0),
                THREADS,
                CLIENTS);
        try (BareSession bare = new BareSession();
                WorkerUnderTest worker = WorkerUnderTest.start(cache, Map.of());
                WorkerUnderTest arrival = WorkerUnderTest.start(cache, ARRIVAL_ORDER);
                WorkerUnderTest padded = WorkerUnderTest.start(cache, PADDED, ARRIVAL_ORDER)) {
            List<Call> singles = calls(texts, 1);
            List<Call> eights = calls(texts, 8);
            // The compiler's own work is no part of the pace.
            for (int i = 0; i < WARM_UPS; i++) {
                load(worker.uri(), singles);
                load(worker.uri(), eights);
            }
            List<Round> results = new ArrayList<>();
            for (int i = 0; i < rounds; i++) {
                results.add(new Round(
                        Throughput.of(TEXTS, () -> bare.runAll(sequences, 0, THREADS)),
                        Throughput.of(TEXTS, () -> bare.runAll(sequences, 512, THREADS)),
                        Throughput.of(TEXTS, () -> load(worker.uri(), singles)),
                        Throughput.of(TEXTS, () -> load(worker.uri(), eights)),
                        Throughput.of(TEXTS, () -> bare.runAll(sequences, 1024, THREADS)),
                        Throughput.of(TEXTS, () -> load(arrival.uri(), singles)),
                        Throughput.of(TEXTS, () -> load(arrival.uri(), eights)),
                        Throughput.of(TEXTS, () -> load(padded.uri(), singles)),
                        Throughput.of(TEXTS, () -> load(padded.uri(), eights))));
            }
            row("bare session, sorted batches of 32 texts", results, Round::bare32);
            row("bare session, sorted batches of 512 tokens", results, Round::bare512);
            row("bare session, sorted batches of 1024 tokens", results, Round::bare1024);
            row("worker over HTTP, 1 text a request", results, Round::one);
            row("worker over HTTP, 8 texts a request", results, Round::eight);
            row("arrival order, 1 text a request", results, Round::arrivalOne);
            row("arrival order, 8 texts a request", results, Round::arrivalEight);
            row("arrival order, padded, 1 text a request", results, Round::paddedOne);
            row("arrival order, padded, 8 texts a request", results, Round::paddedEight);
            ratio("worker / best bare, 1 text a request", results, Round::one, Round::best);
            ratio("worker / best bare, 8 texts a request", results, Round::eight, Round::best);
            ratio("worker / arrival order, 1 text a request", results, Round::one, Round::arrivalOne);
            ratio("worker / arrival order, 8 texts a request", results, Round::eight, Round::arrivalEight);
            ratio("worker / arrival order, padded, 1 text", results, Round::one, Round::paddedOne);
            ratio("worker / arrival order, padded, 8 texts", results, Round::eight, Round::paddedEight);
            System.out.printf(Locale.ROOT, "%-48s %8.3f%n", "padding ratio of the worker", padding(worker.uri()));
            System.out.printf(Locale.ROOT, "%-48s %8.3f%n", "padding ratio in arrival order", padding(arrival.uri()));
        }
    }

    private record Round(
            Throughput bare32,
            Throughput bare512,
            Throughput one,
            Throughput eight,
            Throughput bare1024,
            Throughput arrivalOne,
            Throughput arrivalEight,
            Throughput paddedOne,
            Throughput paddedEight) {
        Throughput best() {
            return Stream.of(bare32, bare512, bare1024)
                    .max(Comparator.comparingDouble(Throughput::perCpuSecond))
                    .orElseThrow();
        }
    }

    static List<Call> calls(List<String> texts, int each) throws Exception {
        JsonMapper json = new JsonMapper();
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i + each <= texts.size(); i += each) {
            calls.add(Call.postJson(
                    "embed",
                    "/embed",
                    json.writeValueAsString(Map.of("texts", texts.subList(i, i + each))),
                    AnswerCheck.anything()));
        }
        return calls;
    }

    /** Sends each call once. */
    private static void load(URI target, List<Call> calls) throws InterruptedException {
        LoadReport report =
                new LoadDriver(target, CLIENTS, Duration.ofMinutes(5)).run(Workload.inTurn(calls), calls.size());
        if (report.lost() > 0) {
            throw new IllegalStateException("requests were lost:\n" + report.table());
        }
    }

    private static double padding(URI target) throws Exception {
        double sum = 0;
        double count = 0;
        for (String line : Metrics.lines(target)) {
            if (line.startsWith("batch_padding_ratio_sum")) {
                sum = Metrics.value(line);
            } else if (line.startsWith("batch_padding_ratio_count")) {
                count = Metrics.value(line);
            }
        }
        return sum / count;
    }

    private static void row(String name, List<Round> rounds, Function<Round, Throughput> value) {
        System.out.printf(
                Locale.ROOT,
                "%-48s %8.1f texts/s %8.1f texts/CPU-s%n",
                name,
                median(rounds, round -> value.apply(round).perSecond()),
                median(rounds, round -> value.apply(round).perCpuSecond()));
    }

    private static void ratio(
            String name, List<Round> rounds, Function<Round, Throughput> value, Function<Round, Throughput> against) {
        System.out.printf(
                Locale.ROOT,
                "%-48s %8.3f         %8.3f%n",
                name,
                median(
                        rounds,
                        r -> value.apply(r).perSecond() / against.apply(r).perSecond()),
                median(
                        rounds,
                        r -> value.apply(r).perCpuSecond() / against.apply(r).perCpuSecond()));
    }

    private static double median(List<Round> rounds, ToDoubleFunction<Round> value) {
        double[] sorted = rounds.stream().mapToDouble(value).sorted().toArray();
        return sorted[(sorted.length - 1) / 2];
    }
}
