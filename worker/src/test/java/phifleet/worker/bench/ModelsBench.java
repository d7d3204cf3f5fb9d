package phifleet.worker.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.FutureTask;
import java.util.stream.IntStream;
import phifleet.benchmark.AnswerCheck;
import phifleet.benchmark.Call;
import phifleet.benchmark.LoadDriver;
import phifleet.benchmark.LoadReport;
import phifleet.benchmark.Workload;
import phifleet.inference.engine.EngineSettings;
import phifleet.inference.engine.Engines;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Tokenizer;
import phifleet.worker.WorkerUnderTest;

/**
 * Several models on one device against one model with the same work, turn by turn in one process: 8 clients of 8 texts for each
 * model, or all of them for the one.
 */
public final class ModelsBench {
    private static final int MODELS = 4;
    private static final int CLIENTS = 8;
    private static final int EACH = 8;

    /** With batches of the same size, whatever was probed for each. */
    private static final String ONE = "models: [{id: all-minilm-l6-v2, batch-tokens: 512}]";

    private static final Map<String, String> PATIENT = Map.of("BATCHING_QUEUE_MS", "600000");

    private ModelsBench() {}

    public static void main(String[] arguments) throws Exception {
        Path cache = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        Duration time = Duration.ofSeconds(Integer.parseInt(arguments[2]));
        Tokenizer tokenizer = new Engines(EngineSettings.of(cache)).tokenizer(EmbeddedModel.ALL_MINILM_L6_V2.spec());
        List<String> texts = Texts.mixed(1024, tokenizer, 2026);
        List<String> ids = IntStream.range(0, MODELS).mapToObj(i -> "m" + i).toList();
        StringBuilder yaml = new StringBuilder("models:\n");
        ids.forEach(
                id -> yaml.append("  - {id: ").append(id).append(", embedded: all-minilm-l6-v2, batch-tokens: 512}\n"));
        try (WorkerUnderTest many = WorkerUnderTest.start(cache, yaml.toString(), PATIENT);
                WorkerUnderTest one = WorkerUnderTest.start(cache, ONE, PATIENT)) {
            List<List<Call>> apart = new ArrayList<>();
            List<List<Call>> together = new ArrayList<>();
            for (String id : ids) {
                apart.add(calls(texts, id));
                together.add(calls(texts, "all-minilm-l6-v2"));
            }
            Duration warmUp = Duration.ofSeconds(3);
            run(many.uri(), apart, warmUp);
            run(one.uri(), together, warmUp);
            double[] clock = new double[rounds];
            double[] cpu = new double[rounds];
            double[][] shares = new double[MODELS][rounds];
            for (int i = 0; i < rounds; i++) {
                Measured manyModels = run(many.uri(), apart, time);
                Measured oneModel = run(one.uri(), together, time);
                clock[i] = manyModels.perSecond() / oneModel.perSecond();
                cpu[i] = manyModels.perCpuSecond() / oneModel.perCpuSecond();
                for (int model = 0; model < MODELS; model++) {
                    shares[model][i] = MODELS * manyModels.each().get(model) / manyModels.texts();
                }
                System.out.printf(
                        Locale.ROOT,
                        "%d models %.1f texts/s, one %.1f; ratio %.3f, by processor time %.3f; shares of their due %s%n",
                        MODELS,
                        manyModels.perSecond(),
                        oneModel.perSecond(),
                        clock[i],
                        cpu[i],
                        shares(shares, i));
            }
            System.out.printf(
                    Locale.ROOT,
                    "%d models / one with the same work, medians: %.3f by the clock, %.3f by processor time; shares %.3f to %.3f%n",
                    MODELS,
                    median(clock),
                    median(cpu),
                    Arrays.stream(shares).mapToDouble(ModelsBench::median).min().orElseThrow(),
                    Arrays.stream(shares).mapToDouble(ModelsBench::median).max().orElseThrow());
        }
    }

    private record Measured(double perSecond, double perCpuSecond, List<Double> each) {
        double texts() {
            return each.stream().mapToDouble(Double::doubleValue).sum();
        }
    }

    /** The calls of each model by clients of its own, all at once. */
    private static Measured run(URI target, List<List<Call>> calls, Duration time) throws Exception {
        List<FutureTask<LoadReport>> running = new ArrayList<>();
        List<Double> each = new ArrayList<>();
        Throughput pace = Throughput.of(1, () -> {
            for (List<Call> own : calls) {
                FutureTask<LoadReport> task = new FutureTask<>(
                        () -> new LoadDriver(target, CLIENTS, Duration.ofMinutes(2)).run(Workload.inTurn(own), time));
                running.add(task);
                Thread.ofPlatform().name("clients").start(task);
            }
            for (FutureTask<LoadReport> task : running) {
                LoadReport report = task.get();
                if (report.lost() > 0) {
                    throw new IllegalStateException("requests were lost:\n" + report.table());
                }
                each.add(EACH * (double) report.succeeded());
            }
        });
        double texts = each.stream().mapToDouble(Double::doubleValue).sum();
        return new Measured(texts * pace.perSecond(), texts * pace.perCpuSecond(), each);
    }

    private static List<Call> calls(List<String> texts, String model) throws Exception {
        JsonMapper json = new JsonMapper();
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i + EACH <= texts.size(); i += EACH) {
            calls.add(Call.postJson(
                    model,
                    "/embed",
                    json.writeValueAsString(Map.of("model", model, "texts", texts.subList(i, i + EACH))),
                    AnswerCheck.anything()));
        }
        return calls;
    }

    private static String shares(double[][] shares, int round) {
        StringBuilder text = new StringBuilder();
        for (double[] share : shares) {
            text.append(String.format(Locale.ROOT, " %.3f", share[round]));
        }
        return text.substring(1);
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) / 2];
    }
}
