package phifleet.gateway.http.metrics;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import phifleet.gateway.history.FleetEvent.Kind;
import phifleet.gateway.history.FleetEventRing;

/** Makes one event of all the requests that went to another worker within a while: each for itself would fill the ring. For one thread. */
public final class RetryNotes {
    private final GatewayMetrics metrics;
    private final FleetEventRing events;
    private Map<String, Long> before;

    public RetryNotes(GatewayMetrics metrics, FleetEventRing events) {
        this.metrics = metrics;
        this.events = events;
        this.before = metrics.retries();
    }

    public void tick() {
        Map<String, Long> now = metrics.retries();
        Map<String, Long> more = new TreeMap<>();
        now.forEach((reason, count) -> more.put(reason, count - before.getOrDefault(reason, 0L)));
        before = now;
        more.values().removeIf(count -> count == 0);
        long all = more.values().stream().mapToLong(Long::longValue).sum();
        if (all > 0) {
            String reasons = more.entrySet().stream()
                    .map(entry -> entry.getKey().replace('_', ' ') + " " + entry.getValue())
                    .collect(Collectors.joining(", "));
            events.add(
                    Kind.RETRIED,
                    null,
                    all + (all == 1 ? " request" : " requests") + " went to another worker (" + reasons + ").");
        }
    }
}
