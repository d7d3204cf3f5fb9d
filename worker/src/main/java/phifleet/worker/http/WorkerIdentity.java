package phifleet.worker.http;

import java.time.Instant;
import java.util.List;

/**
 * Who answers.
 *
 * @param id unique in the fleet
 * @param version of the program
 * @param startedAt when the process started
 * @param device {@code cpu} or {@code cuda:0}
 * @param engines the inference engines there are
 */
public record WorkerIdentity(String id, String version, Instant startedAt, String device, List<Engine> engines) {
    public WorkerIdentity {
        engines = List.copyOf(engines);
    }

    /** An inference engine, such as {@code OnnxRuntime} in version {@code 1.26.0}. */
    public record Engine(String name, String version) {}
}
