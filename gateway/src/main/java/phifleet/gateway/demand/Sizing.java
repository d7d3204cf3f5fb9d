package phifleet.gateway.demand;

import java.util.List;
import java.util.Locale;

/**
 * From terms to a number of workers: up at once, though no decision more than doubles it; down only to the most that was needed
 * for a while. Not thread-safe.
 */
final class Sizing {
    /** A fleet bears so much of one more worker without it: loads at the edge of two sizes would have it hesitate. */
    private static final double SLACK = 0.1;

    /** As much must be free in the smaller fleet, so that the next chance rise does not bring the worker back. */
    private static final double SLACK_DOWN = 0.1;

    /** A fall shows over the ten seconds that are measured: it is taken in one step, once it is over. */
    private static final long SETTLE_NANOS = 15_000_000_000L;

    private final DemandSettings settings;
    private final Greatest greatest;
    private double peak;
    private boolean begun;
    private long begunAt;
    private long lastActive;
    private int mostPresent;
    private int wanted;
    private long noFallUntil;
    private boolean slept;
    private long sleptUntil;

    /** A size and its reason. */
    private record Size(int workers, String reason) {}

    Sizing(DemandSettings settings) {
        this.settings = settings;
        this.greatest = new Greatest(settings.downAfter().toNanos());
    }

    Decision decide(Terms terms, long now, List<KindDemand> kinds) {
        if (!begun) {
            begun = true;
            begunAt = now;
            // Whoever asked before this gateway came is not known to it.
            lastActive = now;
            noFallUntil = now;
            wanted = Math.clamp(terms.present(), Math.max(1, settings.min()), settings.max());
        }
        if (terms.active()) {
            lastActive = now;
        }
        mostPresent = Math.max(mostPresent, terms.present());
        double needed =
                (terms.demand() + terms.backlog() / seconds(settings.clearIn().toNanos()))
                        / (terms.capacity() * settings.target());
        peak = greatest.with(needed, now);
        Size size = bounded(size(terms, needed, now), terms, now);
        wanted = size.workers();
        return new Decision(
                wanted,
                wakefulness(terms, now),
                now - begunAt >= settings.downAfter().toNanos(),
                size.reason(),
                terms,
                needed,
                peak,
                kinds);
    }

    /** A worker that does not come for as long as requests wait for it is one that is missing. */
    private Wakefulness wakefulness(Terms terms, long now) {
        if (wanted == 0) {
            slept = true;
            sleptUntil = now;
            return Wakefulness.ASLEEP;
        }
        slept = slept
                && terms.present() == 0
                && now - sleptUntil < settings.wake().toNanos();
        return slept ? Wakefulness.WAKING : Wakefulness.AWAKE;
    }

    private Size size(Terms terms, double needed, long now) {
        boolean young = now - begunAt < settings.downAfter().toNanos();
        if (young) {
            wanted = Math.max(wanted, mostPresent);
        }
        int up = workers(needed);
        int most = 2 * Math.max(1, wanted);
        if (up > most) {
            return new Size(most, asks(terms, needed) + "; no step more than doubles the fleet");
        }
        if (up >= wanted) {
            noFallUntil = now + SETTLE_NANOS;
            return new Size(up, asks(terms, needed));
        }
        int down = peak <= SLACK ? 0 : (int) Math.ceil(peak + SLACK_DOWN);
        if (down >= wanted) {
            noFallUntil = now + SETTLE_NANOS;
        }
        if (young) {
            return new Size(
                    wanted,
                    asks(terms, needed) + "; none goes before what is asked is known for "
                            + text(seconds(settings.downAfter().toNanos())) + " s");
        }
        return now - noFallUntil < 0
                ? new Size(
                        wanted,
                        asks(terms, needed) + "; " + text(peak) + " were needed within the last "
                                + text(seconds(settings.downAfter().toNanos())) + " s")
                : new Size(down, asks(terms, needed));
    }

    private Size bounded(Size size, Terms terms, long now) {
        if (size.workers() > settings.max()) {
            return new Size(settings.max(), size.reason() + "; " + settings.max() + " is the most that may be");
        }
        if (size.workers() < settings.min()) {
            return new Size(settings.min(), size.reason() + "; " + settings.min() + " is the least that may be");
        }
        boolean idle = now - lastActive >= settings.idle().toNanos();
        if (size.workers() < 1 && !idle && wanted == 0) {
            return new Size(1, "woken: " + terms.waiting() + " requests wait");
        }
        if (size.workers() < 1 && !idle) {
            return new Size(
                    1,
                    size.reason() + "; the last one stays until nothing was asked for "
                            + text(seconds(settings.idle().toNanos())) + " s");
        }
        return size.workers() < 1
                ? new Size(0, "asleep: nothing was asked for " + text(seconds(now - lastActive)) + " s")
                : size;
    }

    private String asks(Terms terms, double needed) {
        StringBuilder words =
                new StringBuilder(160).append(text(terms.demand())).append(" device-seconds are asked a second");
        if (terms.backlog() > 0) {
            words.append(" and ")
                    .append(text(terms.backlog()))
                    .append(" are in hand, to be done in ")
                    .append(text(seconds(settings.clearIn().toNanos())))
                    .append(" s");
        }
        return words.append(": ")
                .append(text(needed))
                .append(" workers of ")
                .append(text(terms.capacity()))
                .append(" at ")
                .append(text(settings.target()))
                .toString();
    }

    private static int workers(double needed) {
        return (int) Math.min(1_000_000, Math.max(0, Math.ceil(needed - SLACK)));
    }

    private static double seconds(long nanos) {
        return nanos / 1e9;
    }

    private static String text(double value) {
        String digits = String.format(Locale.ROOT, "%.2f", value);
        return digits.contains(".") ? digits.replaceAll("\\.?0+$", "") : digits;
    }
}
