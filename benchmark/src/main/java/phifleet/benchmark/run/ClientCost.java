package phifleet.benchmark.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import phifleet.benchmark.Arrivals;
import phifleet.benchmark.LoadReport;

/**
 * What the client itself took, and whether it was the limit.
 *
 * @param cpuShare processor time of its threads, of all that the machine had meanwhile
 * @param awaitingShare how much of their time the connections of a closed loop had a request under way; 1 in an open loop
 * @param latenessP99Millis the 99 % quantile of how late it started requests that a connection was free for
 */
public record ClientCost(double cpuShare, double awaitingShare, double latenessP99Millis) {
    private static final double MOST_CPU_SHARE = 0.15;
    private static final double LEAST_AWAITING_SHARE = 0.9;
    /** Of the median latency; and in any case a millisecond is borne, which a sleeping thread may need to wake. */
    private static final double MOST_LATENESS = 0.1;

    private static final double LATENESS_BORNE_MILLIS = 1;

    static ClientCost of(LoadReport report, Arrivals pace, int cores) {
        return new ClientCost(
                report.clientCpu().toNanos() / ((double) report.elapsed().toNanos() * cores),
                switch (pace) {
                    case Arrivals.Closed() -> report.awaitingShare();
                    case Arrivals.Open open -> 1;
                },
                report.lateness().getValueAtPercentile(99) / 1e6);
    }

    /** Why the run says more of the client than of the target; empty where it does not. */
    List<String> limits(double medianMillis) {
        List<String> limits = new ArrayList<>();
        if (cpuShare > MOST_CPU_SHARE) {
            limits.add(percent("the client took %.0f %% of the machine", cpuShare));
        }
        if (awaitingShare < LEAST_AWAITING_SHARE) {
            limits.add(percent("the client's connections were idle %.0f %% of the time", 1 - awaitingShare));
        }
        if (latenessP99Millis > Math.max(LATENESS_BORNE_MILLIS, MOST_LATENESS * medianMillis)) {
            limits.add(String.format(
                    Locale.ROOT, "the client started 1 %% of requests at least %.1f ms late", latenessP99Millis));
        }
        return limits;
    }

    private static String percent(String format, double share) {
        return String.format(Locale.ROOT, format, share * 100);
    }
}
