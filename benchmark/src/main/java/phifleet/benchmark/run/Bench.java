package phifleet.benchmark.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import phifleet.benchmark.plan.BenchmarkModel;
import phifleet.benchmark.plan.BenchmarkSettings;
import phifleet.benchmark.plan.Lengths;
import phifleet.benchmark.plan.Scenario;
import phifleet.benchmark.plan.Texts;
import phifleet.benchmark.targets.Sample;
import phifleet.benchmark.targets.TargetSettings;

/** A whole run: every slot that has not been measured yet, each written down as it ends. */
public final class Bench {
    private static final Lengths SWEEP_LENGTHS = new Lengths.Mixed();

    private final BenchmarkSettings settings;
    private final BenchmarkModel model;
    private final List<TargetSettings> chosen;
    private final Texts texts;
    private final Golden golden;
    private final Folders folders;
    private final Map<String, JsonNode> infos = new HashMap<>();
    private final SystemInfo system = SystemInfo.read();

    /**
     * Where things are.
     *
     * @param root of the repository, which targets' scripts are relative to
     * @param models a folder for each converted model
     * @param results a folder for each model's results
     * @param logs the targets' own
     */
    public record Folders(Path root, Path models, Path results, Path logs) {}

    public Bench(
            BenchmarkSettings settings,
            BenchmarkModel model,
            List<TargetSettings> chosen,
            Texts texts,
            Folders folders) {
        this.settings = settings;
        this.model = model;
        this.chosen = List.copyOf(chosen);
        this.texts = texts;
        this.folders = folders;
        this.golden = new Golden(folders.models().resolve(model.id()));
    }

    /** The texts whose vectors must be known before a run, by their label. */
    public Map<String, List<String>> wantedTexts() {
        Map<String, List<String>> wanted = new LinkedHashMap<>();
        wanted.put(
                SWEEP_LENGTHS.label(), texts.of(SWEEP_LENGTHS, settings.test().texts()));
        for (Scenario scenario : settings.scenarios()) {
            Lengths lengths = scenario.lengths();
            wanted.computeIfAbsent(
                    lengths.label(), label -> texts.of(lengths, settings.test().texts()));
        }
        return wanted;
    }

    private List<Sample> samples(Lengths lengths) throws IOException {
        return golden.samples(lengths, texts.of(lengths, settings.test().texts()), model.embeddingDim());
    }

    /**
     * Runs what is missing.
     *
     * @param together whether all targets run at once and take turns scenario by scenario
     * @param sweepEach how long each candidate of a sweep is loaded
     * @return whether every measurement of this plan is without a fault
     */
    public boolean run(boolean together, Duration sweepEach) throws IOException, InterruptedException {
        Path results = folders.results().resolve(model.id());
        RunLog log = RunLog.open(results.resolve("measurements.jsonl"));
        Map<String, String> plans = plans();
        List<Slot> missing = new ArrayList<>(Slot.schedule(
                chosen.stream().map(TargetSettings::name).toList(),
                settings.scenarios().stream().map(Scenario::name).toList(),
                settings.rounds(),
                together));
        missing.removeIf(slot -> log.has(slot, planOf(plans, slot)));
        try (Targets targets = new Targets(folders.root(), folders.models(), model, folders.logs())) {
            Map<String, Threads> threads = new HashMap<>();
            Sweep sweep = new Sweep(results.resolve("threads.json"), targets, samples(SWEEP_LENGTHS), sweepEach);
            for (TargetSettings target : chosen) {
                if (missing.stream().anyMatch(slot -> slot.framework().equals(target.name()))) {
                    threads.put(target.name(), sweep.of(target));
                }
            }
            SlotProgress progress = new SlotProgress(missing.size());
            for (int i = 0; i < missing.size(); i++) {
                Slot slot = missing.get(i);
                long start = System.nanoTime();
                boolean anew = i > 0 && missing.get(i - 1).round() != slot.round();
                if (anew || !(together || targets.runs(slot.framework()))) {
                    targets.stopAll();
                }
                Measurement one = measure(
                        targets, slot, planOf(plans, slot), Objects.requireNonNull(threads.get(slot.framework())));
                log.add(one);
                write(log, plans, slot.framework());
                progress.done(one, (System.nanoTime() - start) / 1e9, missing.subList(i + 1, missing.size()));
            }
        }
        return log.byFramework(plans).values().stream()
                .flatMap(List::stream)
                .allMatch(one -> one.faults().isEmpty());
    }

    private Map<String, String> plans() {
        Map<String, String> plans = new HashMap<>();
        for (Scenario scenario : settings.scenarios()) {
            plans.put(scenario.name(), Measurement.plan(scenario, settings.test(), model.id()));
        }
        return plans;
    }

    private static String planOf(Map<String, String> plans, Slot slot) {
        return Objects.requireNonNull(plans.get(slot.scenario()));
    }

    private Measurement measure(Targets targets, Slot slot, String plan, Threads threads)
            throws IOException, InterruptedException {
        Scenario scenario = settings.scenarios().stream()
                .filter(one -> one.name().equals(slot.scenario()))
                .findFirst()
                .orElseThrow();
        Targets.Ready ready = targets.start(settings.target(slot.framework()).orElseThrow(), threads);
        infos.put(slot.framework(), ready.target().info());
        ScenarioRun run = new ScenarioRun(ready.target(), scenario, samples(scenario.lengths()));
        run.warmUp(settings.test().warmupRequests());
        return run.measure(slot, plan, ready.loadMillis(), ready.threads().toString());
    }

    private void write(RunLog log, Map<String, String> plans, String framework) throws IOException {
        new ResultFile(folders.results().resolve(model.id()), model.id())
                .write(
                        framework,
                        log.byFramework(plans).getOrDefault(framework, List.of()),
                        infos.getOrDefault(framework, MissingNode.getInstance()),
                        system,
                        settings.scenarios().stream().map(Scenario::name).toList());
    }
}
