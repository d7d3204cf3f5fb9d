package phifleet.benchmark.command;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import phifleet.benchmark.command.Options.UsageException;
import phifleet.benchmark.plan.BenchmarkModel;
import phifleet.benchmark.plan.BenchmarkSettings;
import phifleet.benchmark.plan.PlanException;
import phifleet.benchmark.plan.Scenario;
import phifleet.benchmark.plan.SettingsFile;
import phifleet.benchmark.plan.Texts;
import phifleet.benchmark.run.Bench;
import phifleet.benchmark.targets.TargetSettings;

/** The settings, as the command line narrows them. */
record Chosen(BenchmarkSettings settings, BenchmarkModel model, List<TargetSettings> targets, Bench.Folders folders) {
    static Chosen of(Options options) throws IOException, PlanException, UsageException {
        BenchmarkSettings all = SettingsFile.read(options.path("config"));
        BenchmarkModel model = pick(
                        "model",
                        options.text("model")
                                .or(() -> Optional.of(all.models().getFirst().id())),
                        all.models(),
                        BenchmarkModel::id)
                .getFirst();
        List<TargetSettings> targets = pick("targets", options.text("targets"), all.targets(), TargetSettings::name);
        List<Scenario> scenarios = scenarios(options, all);
        int rounds = (int) options.number("rounds", all.rounds());
        return new Chosen(
                new BenchmarkSettings(all.test(), Math.max(1, rounds), scenarios, all.models(), all.targets()),
                model,
                targets,
                new Bench.Folders(
                        options.path("root"), options.path("models"), options.path("results"), options.path("logs")));
    }

    private static List<Scenario> scenarios(Options options, BenchmarkSettings all) throws UsageException {
        List<Scenario> picked = pick("scenarios", options.text("scenarios"), all.scenarios(), Scenario::name);
        if (options.text("seconds").isEmpty()) {
            return picked;
        }
        Duration each = Duration.ofMillis(Math.round(1000 * options.number("seconds", 1)));
        return picked.stream().map(one -> one.lasting(each)).toList();
    }

    /** Those of the names that are given, separated by commas, in that order; all where none are. */
    private static <T> List<T> pick(String option, Optional<String> names, List<T> all, Function<T, String> name)
            throws UsageException {
        if (names.isEmpty()) {
            return all;
        }
        List<T> picked = new ArrayList<>();
        for (String wanted : names.get().split(",", -1)) {
            picked.add(all.stream()
                    .filter(one -> name.apply(one).equals(wanted))
                    .findFirst()
                    .orElseThrow(() -> new UsageException("--" + option + " names '" + wanted + "'; there are "
                            + all.stream().map(name).collect(Collectors.joining(", ")))));
        }
        return picked;
    }

    /** Where those of the model are. */
    Path results() {
        return folders.results().resolve(model.id());
    }

    Bench bench() throws IOException {
        return new Bench(settings, model, targets, texts(), folders);
    }

    Texts texts() throws IOException {
        Path tokenizer = folders.models().resolve(model.id()).resolve("tokenizer.json");
        return Texts.of(tokenizer, settings.test(), folders.root());
    }
}
