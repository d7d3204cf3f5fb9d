package phifleet.gateway.history;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What is kept of a subject. */
public enum Metric {
    REQUESTS_PER_SECOND("1/s", Rollup.MEAN, Together.SUM),
    ERRORS_PER_SECOND("1/s", Rollup.MEAN, Together.APART),
    P50_MS("ms", Rollup.MEAN, Together.APART),
    P99_MS("ms", Rollup.GREATEST, Together.APART),
    QUEUE_DEPTH("inputs", Rollup.MEAN, Together.SUM),
    IN_FLIGHT("requests", Rollup.MEAN, Together.SUM),
    /** What is asked of devices. */
    DEMAND_DEVICE_SECONDS("device-seconds/s", Rollup.MEAN, Together.APART),
    /** What the workers that are ready give. */
    SUPPLY_DEVICE_SECONDS("device-seconds/s", Rollup.MEAN, Together.APART),
    RESIDENT_BYTES("bytes", Rollup.GREATEST, Together.SUM),
    GPU_UTILIZATION_PERCENT("percent", Rollup.MEAN, Together.MEAN),
    GPU_MEMORY_USED_BYTES("bytes", Rollup.GREATEST, Together.SUM),
    GPU_TEMPERATURE_CELSIUS("celsius", Rollup.GREATEST, Together.GREATEST),
    GPU_POWER_WATTS("watts", Rollup.MEAN, Together.SUM);

    private final String unit;
    private final Rollup rollup;
    private final Together together;

    /** What stands for several values of a longer time. */
    enum Rollup {
        MEAN,
        GREATEST
    }

    /** How the fleet's value follows from its workers'. */
    enum Together {
        SUM,
        MEAN,
        GREATEST,
        /** It does not. */
        APART
    }

    Metric(String unit, Rollup rollup, Together together) {
        this.unit = unit;
        this.rollup = rollup;
        this.together = together;
    }

    /** As queries and answers name it. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    public String unit() {
        return unit;
    }

    Rollup rollup() {
        return rollup;
    }

    Together together() {
        return together;
    }

    /** The one of a label; empty where there is none. */
    public static Optional<Metric> labelled(String label) {
        return Stream.of(values())
                .filter(metric -> metric.label().equals(label))
                .findFirst();
    }
}
