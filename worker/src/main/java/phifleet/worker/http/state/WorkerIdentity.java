package phifleet.worker.http.state;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetSecret;

/**
 * Who answers.
 *
 * @param id unique in the fleet
 * @param version of the program
 * @param startedAt when the process started
 * @param expectedDevice where the first model is going to be tried, for as long as none is loaded
 * @param secret by which it proves that it belongs to its fleet; null where that has none
 * @param node what people call the machine that it runs on; null where nobody says
 */
public record WorkerIdentity(
        String id,
        String version,
        Instant startedAt,
        String expectedDevice,
        @Nullable FleetSecret secret,
        @Nullable String node) {}
