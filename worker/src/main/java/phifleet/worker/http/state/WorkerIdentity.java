package phifleet.worker.http.state;

import java.time.Instant;

/**
 * Who answers.
 *
 * @param id unique in the fleet
 * @param version of the program
 * @param startedAt when the process started
 * @param expectedDevice where the first model is going to be tried, for as long as none is loaded
 */
public record WorkerIdentity(String id, String version, Instant startedAt, String expectedDevice) {}
