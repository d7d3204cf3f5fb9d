package phifleet.gateway.history;

/** What several values of one metric come to. */
final class Gathering {
    private final Metric.Rollup rollup;
    private int count;
    private double sum;
    private double greatest;

    Gathering(Metric.Rollup rollup) {
        this.rollup = rollup;
    }

    void clear() {
        count = 0;
        sum = 0;
        greatest = 0;
    }

    void add(double value) {
        if (value >= 0) {
            count++;
            sum += value;
            greatest = Math.max(greatest, value);
        }
    }

    /** NaN where there was none. */
    double value() {
        if (count == 0) {
            return Double.NaN;
        }
        return switch (rollup) {
            case MEAN -> sum / count;
            case GREATEST -> greatest;
        };
    }
}
