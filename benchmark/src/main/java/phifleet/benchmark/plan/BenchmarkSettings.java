package phifleet.benchmark.plan;

import java.util.List;
import java.util.Optional;
import phifleet.benchmark.targets.TargetSettings;

/**
 * All of {@code config/benchmark.yaml}.
 *
 * @param test what all scenarios share
 * @param rounds how often each target is started and takes all scenarios, in an order that is rotated from round to round
 */
public record BenchmarkSettings(
        TestConfig test,
        int rounds,
        List<Scenario> scenarios,
        List<BenchmarkModel> models,
        List<TargetSettings> targets) {
    public BenchmarkSettings {
        scenarios = List.copyOf(scenarios);
        models = List.copyOf(models);
        targets = List.copyOf(targets);
    }

    /**
     * What all scenarios share.
     *
     * @param warmupRequests requests before each scenario, which are not counted
     * @param dataset a file of texts, one a line (the last column of a TSV file, as MS MARCO has them), or a JSON file of texts or of
     *     objects that have one as {@code "text"}; empty for words of the model's own vocabulary
     * @param texts how many different texts a scenario has
     */
    public record TestConfig(int warmupRequests, Optional<String> dataset, List<Integer> sequenceLengths, int texts) {
        public TestConfig {
            sequenceLengths = List.copyOf(sequenceLengths);
        }
    }

    public Optional<BenchmarkModel> model(String id) {
        return models.stream().filter(model -> model.id().equals(id)).findFirst();
    }

    public Optional<TargetSettings> target(String name) {
        return targets.stream().filter(target -> target.name().equals(name)).findFirst();
    }
}
