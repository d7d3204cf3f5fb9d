package phifleet.gateway.http.probe;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.demand.WorkerWord;

/** What the workers last said of their devices, and how many they are. */
public record WorkerWords(WorkerDirectory directory, WorkerProbes probes) {
    public List<WorkerWord> said() {
        List<WorkerWord> words = new ArrayList<>();
        for (Worker worker : directory.snapshot().workers()) {
            probes.readings(worker).ifPresent(readings -> {
                JsonNode queue = readings.queue();
                if (queue != null && queue.path("device_seconds").isNumber()) {
                    words.add(new WorkerWord(
                            worker,
                            queue.path("device_seconds").asDouble(),
                            queue.path("load_seconds").asDouble(),
                            readings.atNanos()));
                }
            });
        }
        return words;
    }

    /** Those that serve, or will soon: also one that fails now is none that is missing, while one that is cordoned gives nothing. */
    public int present() {
        return Math.toIntExact(directory.snapshot().workers().stream()
                .filter(worker -> switch (worker.state()) {
                    case JOINING, READY, EJECTED -> true;
                    case CORDONED, DRAINING, GONE -> false;
                })
                .count());
    }
}
