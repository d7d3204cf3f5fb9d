package phifleet.benchmark.run;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Says what is done, and about how long the rest takes: as long as the same slot of another round, or as the mean of all. */
final class SlotProgress {
    private final int all;
    private final Map<String, Double> seconds = new HashMap<>();
    private double sum;
    private int done;

    SlotProgress(int all) {
        this.all = all;
    }

    /**
     * Counts a slot.
     *
     * @param took seconds, with its warm-up
     * @param left those after it
     */
    void done(Measurement one, double took, List<Slot> left) {
        done++;
        sum += took;
        seconds.put(key(one.slot()), took);
        System.out.printf(
                Locale.ROOT,
                "[%d/%d] round %d %s, %s: %.1f texts/s, p50 %.2f ms, p99 %.2f ms%s; %s left%n",
                all - left.size(),
                all,
                one.slot().round(),
                one.slot().framework(),
                one.slot().scenario(),
                one.textsPerSecond(),
                one.millis(50),
                one.millis(99),
                one.faults().isEmpty() ? "" : " INVALID: " + String.join("; ", one.faults()),
                words(eta(left)));
    }

    Duration eta(List<Slot> left) {
        double mean = done == 0 ? 0 : sum / done;
        return Duration.ofMillis(Math.round(1000
                * left.stream()
                        .mapToDouble(slot -> seconds.getOrDefault(key(slot), mean))
                        .sum()));
    }

    private static String key(Slot slot) {
        return slot.framework() + "/" + slot.scenario();
    }

    private static String words(Duration time) {
        return time.compareTo(Duration.ofMinutes(2)) < 0
                ? "about " + time.toSeconds() + " s"
                : "about " + time.toMinutes() + " min";
    }
}
