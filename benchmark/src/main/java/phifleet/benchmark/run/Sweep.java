package phifleet.benchmark.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import phifleet.benchmark.plan.Lengths;
import phifleet.benchmark.plan.Scenario;
import phifleet.benchmark.targets.Sample;
import phifleet.benchmark.targets.TargetSettings;

/**
 * Finds the threads with which a target does most: each way to divide the cores for some seconds under load, every one started anew.
 * What was found is kept in a file, with the figures of all candidates, and asked for there the next time.
 */
final class Sweep {
    private static final JsonMapper JSON = new JsonMapper();
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final int WARM_UPS = 40;

    private final Path file;
    private final Targets targets;
    private final List<Sample> samples;
    private final Duration each;

    /**
     * Prepares.
     *
     * @param file what is kept of it
     * @param each how long a candidate is loaded
     */
    Sweep(Path file, Targets targets, List<Sample> samples, Duration each) {
        this.file = file;
        this.targets = targets;
        this.samples = samples;
        this.each = each;
    }

    Threads of(TargetSettings settings) throws IOException, InterruptedException {
        if (!(settings instanceof TargetSettings.Started started) || !started.sweep()) {
            return Threads.OWN;
        }
        ObjectNode all = Files.exists(file) ? (ObjectNode) JSON.readTree(file.toFile()) : JSON.createObjectNode();
        JsonNode known = all.path(settings.name());
        if (known.path("cores").asInt() != CORES) {
            known = sweep(settings);
            all.set(settings.name(), known);
            Files.createDirectories(file.toAbsolutePath().getParent());
            JSON.writerWithDefaultPrettyPrinter().writeValue(file.toFile(), all);
        }
        return new Threads(known.path("workers").asInt(), known.path("threads").asInt());
    }

    private JsonNode sweep(TargetSettings settings) throws IOException, InterruptedException {
        ObjectNode found = JSON.createObjectNode();
        ArrayNode tried = JSON.createArrayNode();
        double best = 0;
        for (Threads candidate : Threads.candidates(CORES)) {
            double pace = pace(settings, candidate);
            System.out.printf("  %s with %s: %.1f texts/s%n", settings.name(), candidate, pace);
            tried.addObject().put("threads", candidate.toString()).put("texts_per_second", pace);
            if (pace > best) {
                best = pace;
                found.put("workers", candidate.workers()).put("threads", candidate.threads());
            }
        }
        if (best == 0) {
            throw new IOException(settings.name() + " answered nothing in its sweep");
        }
        found.put("cores", CORES).set("candidates", tried);
        return found;
    }

    private double pace(TargetSettings settings, Threads candidate) throws IOException, InterruptedException {
        targets.stopAll();
        try {
            Targets.Ready ready = targets.start(settings, candidate);
            Scenario load = new Scenario(
                    "sweep", 8 * CORES, Long.MAX_VALUE, 4, Optional.empty(), Optional.of(each), new Lengths.Mixed(), 0);
            ScenarioRun run = new ScenarioRun(ready.target(), load, samples);
            run.warmUp(WARM_UPS);
            Measurement found =
                    run.measure(new Slot(0, settings.name(), "sweep"), "", ready.loadMillis(), candidate.toString());
            if (found.lost() > 0 || found.mismatches() > 0) {
                throw new IOException(settings.name() + " with " + candidate + ": " + found.samples());
            }
            return found.textsPerSecond();
        } finally {
            targets.stopAll();
        }
    }
}
