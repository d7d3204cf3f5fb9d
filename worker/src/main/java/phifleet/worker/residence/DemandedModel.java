package phifleet.worker.residence;

import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Residency;
import phifleet.worker.http.state.OnDemand;

/** One model that is loaded when a request names it, and where it is in its life. Guarded by the lock of {@link DemandedModels}. */
final class DemandedModel {
    private final Shelf.Dormant model;
    private OnDemand.State state;
    private @Nullable ModelSpec spec;
    private String kind = "";
    private long fileBytes;
    private @Nullable CompletableFuture<Void> coming;
    private long wantedUntil;
    private boolean asked;
    private boolean fetched;
    private long askedUntil;
    private @Nullable LoadFault fault;
    private String reason;
    private int failures;
    private long coolUntil;
    private long bytes;
    private boolean twice;
    private long sinceNanos;
    private long lastUse;
    private long started;

    /** Whether an operator unloaded it: then no request brings it back. */
    boolean off;

    /** Whether others went for it once already, since memory had ended. */
    boolean madeRoom;

    DemandedModel(Shelf.Dormant model) {
        this.model = model;
        this.reason = model.fault();
        this.state = initial(model);
        if (model.spec() != null) {
            read(model.spec());
        }
    }

    private static OnDemand.State initial(Shelf.Dormant model) {
        return model.spec() == null ? OnDemand.State.ABSENT : OnDemand.State.ON_DISK;
    }

    String id() {
        return model.id();
    }

    Shelf.Dormant model() {
        return model;
    }

    OnDemand.State state() {
        return state;
    }

    /** Its files as they were last read; null where they never could be. */
    @Nullable
    ModelSpec spec() {
        return spec;
    }

    String reason() {
        return reason;
    }

    /** What it takes of the budget now. */
    long bytes() {
        return bytes;
    }

    /** When it came into its state, where it is loading or ready. */
    long sinceNanos() {
        return sinceNanos;
    }

    /** A request waits for it until then; whether it has to be put into the line for that. */
    boolean ask(long until) {
        askedUntil = asked ? Math.max(askedUntil, until) : until;
        asked = true;
        return want(until);
    }

    /** Whether a request waits for it, not only a gateway that would have a copy here. */
    boolean isAsked(long now) {
        return asked && now - askedUntil < 0;
    }

    /** It is wanted until then, by whomever; whether it has to be put into the line for that. */
    boolean want(long until) {
        wantedUntil = coming == null ? until : Math.max(wantedUntil, until);
        if (coming != null) {
            return false;
        }
        coming = new CompletableFuture<>();
        madeRoom = false;
        return true;
    }

    /** Done when it is there or is not going to be; what is there already is done. */
    CompletableFuture<Void> coming() {
        return coming == null ? CompletableFuture.completedFuture(null) : coming;
    }

    boolean isWanted(long now) {
        return coming != null && now - wantedUntil < 0;
    }

    /** Why nobody tries to load it now; null where one may. */
    @Nullable
    Problem refusal(long now) {
        return fault == null || now - coolUntil >= 0
                ? null
                : fault.problem(id(), reason, Duration.ofNanos(coolUntil - now));
    }

    /** Takes a look at its files. */
    void read(ModelSpec found) {
        spec = found;
        kind = ModelFiles.kind(found);
        fileBytes = ModelFiles.bytes(found).orElse(0);
    }

    /** What its load is expected to take. */
    LoadHistory.Taken expected(LoadHistory history) {
        return history.expected(id(), kind, fileBytes);
    }

    /** Whether its files have to be got before it can be read. */
    boolean isElsewhere() {
        return model.remote()
                && !fetched
                && (spec == null || ModelFiles.bytes(spec).isEmpty());
    }

    void downloading() {
        state = OnDemand.State.DOWNLOADING;
    }

    /** Its files came: until nobody waits for it any more they are believed to be here. */
    void fetched() {
        fetched = true;
        onDisk();
    }

    /** What its first form would take beside the one that it keeps; 0 where it is loaded in that. */
    long firstFormBytes() {
        return spec != null && spec.residency() == Residency.MAPPED_FIRST ? fileBytes : 0;
    }

    /** Whether its load is one that leaves it in two forms for a while. */
    void inTwoForms(boolean now) {
        twice = now;
    }

    boolean isInTwoForms() {
        return twice;
    }

    /** It is there in the form that it keeps, and no other. */
    void settled(long takes) {
        twice = false;
        if (state == OnDemand.State.READY) {
            bytes = takes;
        }
    }

    void loading(long needed, long now) {
        state = OnDemand.State.LOADING;
        bytes = needed;
        sinceNanos = now;
    }

    void ready(long takes, long now) {
        state = OnDemand.State.READY;
        bytes = takes;
        sinceNanos = now;
        lastUse = now;
        started = 0;
        fault = null;
        failures = 0;
        reason = "";
        off = false;
    }

    void draining() {
        state = OnDemand.State.DRAINING;
    }

    void onDisk() {
        state = spec == null ? OnDemand.State.ABSENT : OnDemand.State.ON_DISK;
        bytes = 0;
    }

    /** How long nobody tries again. */
    Duration failed(LoadFault why, String words, long now) {
        failures++;
        fault = why;
        reason = words;
        Duration pause = why.coolDown(failures);
        coolUntil = now + pause.toNanos();
        bytes = 0;
        state = why == LoadFault.MISSING || spec == null ? OnDemand.State.ABSENT : OnDemand.State.ON_DISK;
        return pause;
    }

    /** Nobody waits any more; what is to be completed outside of the lock. */
    CompletableFuture<Void> settled() {
        CompletableFuture<Void> done = coming();
        coming = null;
        asked = false;
        fetched = false;
        return done;
    }

    /**
     * Takes a look at how much it was used; how many requests came since the last.
     *
     * @param startedSoFar requests that its lanes began since it was loaded
     * @param busy whether it has work now
     */
    long used(long startedSoFar, boolean busy, long now) {
        long more = Math.max(0, startedSoFar - started);
        started = startedSoFar;
        if (more > 0 || busy) {
            lastUse = now;
        }
        return more;
    }

    /** Whether it could be loaded, and nobody has asked for that. */
    boolean isResting(long now) {
        boolean rests = switch (state) {
            case ABSENT, ON_DISK -> true;
            case DOWNLOADING, LOADING, READY, DRAINING -> false;
        };
        return rests && coming == null && !off && refusal(now) == null;
    }

    /** For how long it has served without a request. */
    Duration unused(long now) {
        return state == OnDemand.State.READY ? Duration.ofNanos(now - lastUse) : Duration.ZERO;
    }

    boolean isIdle(long now) {
        Duration idle = model.idle();
        return state == OnDemand.State.READY && idle != null && now - lastUse > idle.toNanos();
    }

    OnDemand.Standing standing(LoadHistory.Taken expected, long free) {
        OnDemand.State shown = switch (state) {
            case ABSENT, ON_DISK -> coming == null ? state : OnDemand.State.LOADING;
            case DOWNLOADING, LOADING, READY, DRAINING -> state;
        };
        boolean known = expected.bytes() > 0;
        return new OnDemand.Standing(
                id(),
                model.aliases(),
                spec == null ? "" : spec.task().label(),
                shown,
                expected.time(),
                known ? OptionalLong.of(expected.bytes()) : OptionalLong.empty(),
                model.pinned(),
                model.copies(),
                bytes > 0 || expected.bytes() <= free,
                reason);
    }
}
