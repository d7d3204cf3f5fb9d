package phifleet.worker.residence;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes models out of a worker's state, and says why. */
record Evictions(DemandMetrics metrics, DemandLoads means) {
    private static final Logger LOG = LoggerFactory.getLogger(Evictions.class);

    void evict(String id, String reason) {
        metrics.evicted(id, reason);
        LOG.info(
                "{}: goes, {}",
                id,
                switch (reason) {
                    case "idle" -> "as nobody asks for it";
                    case "spare" -> "as other workers hold enough of it";
                    default -> "so that there is room";
                });
        means.dismiss(id);
    }
}
