package phifleet.gateway.history;

import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** All that is kept of one subject. */
final class Track {
    private final Map<Metric, TimeSeries> series = new EnumMap<>(Metric.class);
    private long lastActive = Long.MIN_VALUE;

    long lastActive() {
        return lastActive;
    }

    int size() {
        return series.size();
    }

    boolean has(Metric metric) {
        return series.containsKey(metric);
    }

    void put(Metric metric, long epochSecond, double value) {
        series.computeIfAbsent(metric, TimeSeries::new).put(epochSecond, value);
        lastActive = epochSecond;
    }

    @Nullable
    TimeSeries of(Metric metric) {
        return series.get(metric);
    }
}
