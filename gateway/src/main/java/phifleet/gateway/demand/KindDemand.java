package phifleet.gateway.demand;

/**
 * One kind's part of what is asked.
 *
 * @param requestsPerSecond that arrive
 * @param deviceSeconds that one takes; 0 while no answer has said
 * @param open how many are in hand
 */
public record KindDemand(RequestKind kind, double requestsPerSecond, double deviceSeconds, long open) {
    /** Seconds of devices a second. */
    public double asked() {
        return requestsPerSecond * deviceSeconds;
    }

    /** Seconds of devices that those in hand will take. */
    public double backlog() {
        return open * deviceSeconds;
    }
}
