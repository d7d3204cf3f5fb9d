package phifleet.gateway.balance;

import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import phifleet.common.CopyWishes;
import phifleet.common.WorkerCard;
import phifleet.common.WorkerCard.HeldModel;

/**
 * A worker as this gateway knows it: its card, what is in flight on it and how it has done. The counts live as long as the
 * worker is known, whatever the list of members says meanwhile. Counting is safe from every thread; the standing changes
 * only in {@link WorkerDirectory}, under its lock.
 */
public final class Worker {
    private final WorkerCard card;
    private final int cap;
    private final BiConsumer<Worker, Failure> onFailure;
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger failuresInARow = new AtomicInteger();
    private final Tally tally;
    private final LatencyWindow latency = new LatencyWindow();

    private volatile Standing standing;
    private volatile @Nullable List<HeldModel> models;
    private volatile List<LoadableModel> loadable = List.of();
    private volatile Map<String, String> versions = Map.of();
    private volatile CopyWishes wishes = CopyWishes.NONE;
    private volatile boolean trusted;
    private volatile int incarnation;
    private volatile int grpcPort;

    /**
     * A worker that has not been probed.
     *
     * @param cap the most requests in flight
     * @param trusted whether requests may be sent to it before it has proven anything
     * @param fleet counts what it counts, too
     * @param onFailure hears of each failure, on the thread that counts it
     */
    Worker(
            WorkerCard card,
            int cap,
            boolean trusted,
            long nowNanos,
            Tally fleet,
            BiConsumer<Worker, Failure> onFailure) {
        this.card = card;
        this.onFailure = onFailure;
        this.cap = cap;
        this.trusted = trusted;
        this.models = card.models().isEmpty() ? null : card.models();
        this.tally = new Tally(fleet);
        this.standing = new Standing(WorkerState.JOINING, null, nowNanos);
    }

    /**
     * @param reason why it is in that state, in a few words; null where the state says it all
     * @param sinceNanos on the directory's clock
     */
    record Standing(WorkerState state, @Nullable String reason, long sinceNanos) {}

    public WorkerCard card() {
        return card;
    }

    /** What it holds, by its card at first and by its own word since; null where neither says it. */
    public @Nullable List<HeldModel> models() {
        return models;
    }

    /** Whether it says that it holds a model, by any of the model's names. */
    public boolean isHolderOf(String model) {
        List<HeldModel> held = models;
        return held != null && held.stream().anyMatch(each -> each.name().equals(model));
    }

    /** What it does not hold, and loads when a request for it comes. */
    public List<LoadableModel> loadable() {
        return loadable;
    }

    /** Takes its word on what it holds, and what it could; false where nothing is new. */
    boolean holds(List<HeldModel> said, List<LoadableModel> could) {
        if (said.equals(models) && could.equals(loadable)) {
            return false;
        }
        models = List.copyOf(said);
        loadable = List.copyOf(could);
        return true;
    }

    /** The version of a model that it holds, by any of the model's names; null where it says none. */
    public @Nullable String versionOf(String model) {
        return versions.get(model);
    }

    /** Takes its word on the versions of what it holds, by each of the names. */
    void versions(Map<String, String> said) {
        versions = Map.copyOf(said);
    }

    /** What this gateway would have it load, and what it sends it no requests for. */
    public CopyWishes wishes() {
        return wishes;
    }

    /** False where nothing is new. */
    boolean wish(CopyWishes now) {
        if (now.equals(wishes)) {
            return false;
        }
        wishes = now;
        return true;
    }

    /** Whether others hold a model in as many copies as are needed, by any of its names. */
    boolean isSpare(String name) {
        List<String> spare = wishes.spare();
        return !spare.isEmpty()
                && loadable.stream().anyMatch(model -> model.name().equals(name) && spare.contains(model.id()));
    }

    /** The most requests that may be in flight on it from this gateway. */
    public int cap() {
        return cap;
    }

    public WorkerState state() {
        return standing.state();
    }

    /** Why it is in its state; null where the state says it all. */
    public @Nullable String reason() {
        return standing.reason();
    }

    long stateSinceNanos() {
        return standing.sinceNanos();
    }

    /** Enters a state; false where it was there already. */
    boolean enter(WorkerState state, @Nullable String reason, long nowNanos) {
        Standing before = standing;
        if (before.state() == state) {
            return false;
        }
        standing = new Standing(state, reason, nowNanos);
        return true;
    }

    /** Whether it is known to belong to the fleet. Nothing but a challenge is sent to one that is not. */
    public boolean trusted() {
        return trusted;
    }

    /** Which of those that came under this address it is: what was asked of one says nothing of the next. */
    public int incarnation() {
        return incarnation;
    }

    /** Another may stand behind the address from now on. Under the directory's lock. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // by one thread at a time
    void comeBack() {
        incarnation++;
        trusted = false;
    }

    /** Where it takes gRPC calls, as it said last; 0 for nowhere. */
    public int grpcPort() {
        return grpcPort;
    }

    /** It said where it takes gRPC calls. */
    public void grpcPort(int port) {
        grpcPort = port;
    }

    void trust(boolean proven) {
        trusted = proven;
    }

    /** Counts a request in. The caller ends the lease. */
    public Lease lease() {
        inFlight.incrementAndGet();
        return new Lease(this);
    }

    public int inFlight() {
        return inFlight.get();
    }

    public Tally tally() {
        return tally;
    }

    public LatencyWindow latency() {
        return latency;
    }

    int failuresInARow() {
        return failuresInARow.get();
    }

    void forgetFailures() {
        failuresInARow.set(0);
    }

    void release() {
        inFlight.decrementAndGet();
    }

    void countServed(long nanos) {
        tally.countServed();
        latency.record(nanos);
        if (failuresInARow.get() != 0) {
            failuresInARow.set(0);
        }
    }

    void countFailed(Failure failure) {
        tally.countFailed();
        // A deadline says more about the client's patience than about the worker.
        if (failure != Failure.TIMEOUT) {
            failuresInARow.incrementAndGet();
        }
        onFailure.accept(this, failure);
    }

    void countAbandoned() {
        tally.countAbandoned();
    }

    @Override
    public String toString() {
        return card.id() + "[" + state().label() + ", in flight " + inFlight() + "]";
    }
}
