package phifleet.benchmark.plan;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import phifleet.benchmark.plan.BenchmarkSettings.TestConfig;
import phifleet.benchmark.targets.Dialect;
import phifleet.benchmark.targets.TargetSettings;

/** What is measured where a file names no scenarios or no targets. */
final class UsualPlan {
    private static final String OURS = "phi-fleet";

    private UsualPlan() {}

    /** One text a request, of the file's lengths, with more and more connections. */
    static List<Scenario> scenarios(TestConfig test) {
        return List.of(
                closed("single_query", 1, 1_000, test),
                closed("low_concurrency", 4, 5_000, test),
                closed("medium_concurrency", 16, 10_000, test),
                closed("high_concurrency", 64, 20_000, test));
    }

    private static Scenario closed(String name, int concurrency, long requests, TestConfig test) {
        return new Scenario(
                name,
                concurrency,
                requests,
                1,
                Optional.empty(),
                Optional.empty(),
                new Lengths.Exact(test.sequenceLengths()),
                0);
    }

    /** Every server that is started here; ours divides the cores by itself. */
    static List<TargetSettings> targets() {
        return Stream.of(OURS, "onnx-python", "onnx-rust", "onnx-cpp", "candle", "pytorch", "openvino")
                .<TargetSettings>map(name -> new TargetSettings.Started(
                        name, Dialect.TEXTS, "benchmark/targets/" + name + "/start", !name.equals(OURS), Map.of()))
                .toList();
    }
}
