package phifleet.gateway.http.proxy;

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
    /** A body that is going to flow is held so far before a worker is asked: who sends nothing holds no slot. */
    private static final int FLOW_BYTES = 64 * 1024;

    /** The values that nobody changed. */
    public static final ProxySettings DEFAULT = new ProxySettings(
            4 * 1024 * 1024, 64 * 1024, Duration.ofSeconds(10), Duration.ofMillis(500), Duration.ofSeconds(60), 5);

    /**
     * How much of a body is held before a worker is asked, in bytes.
     *
     * @param announced the length that its head says; -1 where it does not
     * @param room the most that one body may have of the memory for all
     */
    int heldBytes(long announced, long room) {
        int most = (int) Math.min(bufferBytes, room);
        return announced > most ? Math.min(most, FLOW_BYTES) : most;
    }
}
