package phifleet.gateway.http;

import java.time.Duration;

/**
 * What the proxy allows.
 *
 * @param bufferBytes bodies up to this length are read whole before a worker is chosen, and can be sent again
 * @param holdBytes answers up to this length are passed on once they are whole, so that another worker can give them
 *     where one dies within its answer
 * @param waitForWorker how long a request waits where no worker can be picked: long enough for one to start elsewhere
 * @param connectTimeout of connections to workers
 * @param keepAlive how long an idle connection to a worker is kept; shorter than the worker keeps it
 * @param attempts the most workers that one request is sent to
 */
public record ProxySettings(
        int bufferBytes,
        int holdBytes,
        Duration waitForWorker,
        Duration connectTimeout,
        Duration keepAlive,
        int attempts) {
    /** The values that nobody changed. */
    public static final ProxySettings DEFAULT = new ProxySettings(
            4 * 1024 * 1024, 64 * 1024, Duration.ofSeconds(10), Duration.ofMillis(500), Duration.ofSeconds(60), 5);
}
