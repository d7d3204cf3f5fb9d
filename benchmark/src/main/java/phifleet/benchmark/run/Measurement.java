package phifleet.benchmark.run;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import org.HdrHistogram.Histogram;
import phifleet.benchmark.plan.Scenario;

/**
 * What one slot gave.
 *
 * @param plan the digest of all that its figures depend on beside the target
 * @param loadMillis from the start of the target's process until it was ready
 * @param threads the choice of the sweep, in words; empty without one
 * @param load the scenario but for its concurrency, in words: scenarios of one load make one curve
 * @param requests those with a 2xx answer
 * @param latency nanoseconds of those
 * @param cpuSeconds processor time of the target's processes; empty where they cannot be seen
 * @param othersShare what neither target nor client took of the machine's processors; empty where it cannot be told
 * @param samples the first few bad answers, in words
 */
public record Measurement(
        Slot slot,
        String plan,
        double loadMillis,
        String threads,
        String load,
        int concurrency,
        int batchSize,
        double elapsedSeconds,
        long requests,
        Histogram latency,
        OptionalDouble cpuSeconds,
        long peakMemoryBytes,
        long lost,
        long mismatches,
        ClientCost client,
        OptionalDouble othersShare,
        List<String> samples) {

    public double textsPerSecond() {
        return requests * batchSize / elapsedSeconds;
    }

    /** A latency quantile in milliseconds. */
    public double millis(double percentile) {
        return latency.getValueAtPercentile(percentile) / 1e6;
    }

    /** Why it does not count; empty where it does. */
    public List<String> faults() {
        List<String> faults = new ArrayList<>(client.limits(millis(50)));
        if (requests == 0) {
            faults.add("nothing was answered");
        }
        if (lost > 0) {
            faults.add(lost + " requests were lost");
        }
        if (mismatches > 0) {
            faults.add(mismatches + " answers were wrong");
        }
        samples.stream().distinct().forEach(faults::add);
        return faults;
    }

    /** The digest of a scenario and of what is said for all. */
    static String plan(Scenario scenario, Object test, String model) {
        return Integer.toHexString((scenario + "|" + test + "|" + model).hashCode());
    }
}
