package phifleet.gateway.demand;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * What is asked of the fleet, and the size that follows from it.
 *
 * <p>What arrives is measured over ten seconds, which few requests of unequal cost do not shake; a {@link SuddenRise} shows within one
 * or two.
 *
 * <p>{@link #decide} is one thread's, some times a second; the latest decision is every thread's.
 */
public final class FleetDemand {
    static final long LONG_NANOS = 10_000_000_000L;
    static final long SHORT_NANOS = 1_000_000_000L;

    /** Others' use is counted from this part of all use on: the workers' word and this gateway's own are not of one moment. */
    private static final double NOTABLE_SHARE = 0.15;

    private final DemandMeter meter;
    private final LongSupplier nanos;
    private final Sizing sizing;
    private final WorkerUse use = new WorkerUse();
    private final Map<RequestKind, KindCourse> courses = new HashMap<>();
    private boolean begun;
    private long begunAt;
    private volatile Decision latest;

    /**
     * Of one gateway.
     *
     * @param nanos the clock
     */
    public FleetDemand(DemandSettings settings, DemandMeter meter, LongSupplier nanos) {
        this.meter = meter;
        this.nanos = nanos;
        this.sizing = new Sizing(settings);
        this.latest = Decision.none(Math.max(1, settings.min()));
    }

    public Decision latest() {
        return latest;
    }

    /** Whether the fleet sleeps and a request waits, so that the next decision is not to wait for its turn. */
    public boolean isToWake() {
        return latest.wakefulness() == Wakefulness.ASLEEP && meter.waiting() > 0;
    }

    public DemandMeter meter() {
        return meter;
    }

    /**
     * Reckons anew.
     *
     * @param words of the workers that are ready
     * @param present how many workers are ready or about to be
     */
    public Decision decide(List<WorkerWord> words, int present) {
        long now = nanos.getAsLong();
        if (!begun) {
            begun = true;
            // What is counted by now came in little time.
            begunAt = now - SHORT_NANOS;
        }
        // A kind that shows up now was not asked for before.
        long since = now - LONG_NANOS - begunAt > 0 ? now - LONG_NANOS : begunAt;
        meter.tallies()
                .forEach((kind, tally) -> courses.computeIfAbsent(kind, first -> new KindCourse(tally, since))
                        .look(now));
        use.look(words, now);
        List<KindDemand> kinds = new ArrayList<>();
        courses.forEach((kind, course) ->
                kinds.add(new KindDemand(kind, course.arrivalsASecond(LONG_NANOS), course.cost(), course.open())));
        kinds.sort(Comparator.comparingDouble(KindDemand::asked)
                .reversed()
                .thenComparing(kind -> kind.kind().toString()));
        Decision decision = sizing.decide(terms(kinds, present), now, kinds);
        latest = decision;
        return decision;
    }

    private Terms terms(List<KindDemand> kinds, int present) {
        double spent = 0;
        double came = 0;
        for (KindCourse course : courses.values()) {
            spent += course.spentASecond();
            came += course.arrivals(SHORT_NANOS);
        }
        double asked = Math.max(kinds.stream().mapToDouble(KindDemand::asked).sum(), SuddenRise.of(courses.values()));
        double used = use.usedASecond();
        double others = used - spent > NOTABLE_SHARE * used ? used - spent : 0;
        long open = kinds.stream().mapToLong(KindDemand::open).sum();
        return new Terms(
                asked,
                others,
                kinds.stream().mapToDouble(KindDemand::backlog).sum(),
                meter.waiting(),
                use.capacity(),
                present,
                came > 0 || open > 0 || others > 0);
    }
}
