package phifleet.benchmark.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** All measurements of a model, a line each as it is made, so that a run goes on where it was stopped. */
final class RunLog {
    private static final JsonMapper JSON = new JsonMapper();

    private final Path file;
    private final List<Measurement> done = new ArrayList<>();

    private RunLog(Path file) {
        this.file = file;
    }

    static RunLog open(Path file) throws IOException {
        RunLog log = new RunLog(file);
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                if (line.isBlank()) {
                    continue;
                }
                try {
                    log.done.add(MeasurementJson.read(JSON.readTree(line)));
                } catch (JsonProcessingException e) {
                    // A line that was being written when the run was stopped: its slot is run again.
                }
            }
        }
        return log;
    }

    boolean has(Slot slot, String plan) {
        return done.stream()
                .anyMatch(one -> one.slot().equals(slot) && one.plan().equals(plan));
    }

    void add(Measurement one) throws IOException {
        done.add(one);
        Files.createDirectories(file.toAbsolutePath().getParent());
        // On a line of its own, whatever the one before has been cut to.
        Files.writeString(
                file, "\n" + MeasurementJson.write(one), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    }

    /** By framework, those made by these plans, a scenario's name with its plan. */
    Map<String, List<Measurement>> byFramework(Map<String, String> plans) {
        Map<String, List<Measurement>> all = new TreeMap<>();
        for (Measurement one : done) {
            if (one.plan().equals(plans.get(one.slot().scenario()))) {
                all.computeIfAbsent(one.slot().framework(), name -> new ArrayList<>())
                        .add(one);
            }
        }
        return all;
    }
}
