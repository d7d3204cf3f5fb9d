package phifleet.gateway.balance;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import phifleet.common.WorkerCard;
import phifleet.common.WorkerCard.HeldModel;
import phifleet.gateway.balance.Standings.Entry;

/**
 * Every worker that the gateway knows, and which may be picked. Readers take the immutable {@link #snapshot()} without a
 * lock; whatever is learned goes through one lock and publishes the next one, so that a refused connection keeps the very
 * next request away. A worker that leaves the list and comes back with the same card keeps its counts.
 *
 * <p>Safe from every thread. Time is the clock's, in nanoseconds.
 */
public final class WorkerDirectory {
    private final DirectorySettings settings;
    private final LongSupplier nanos;
    private final boolean proofs;
    private final Standings standings;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Entry> entries = new ArrayList<>();
    private final Tally tally = new Tally();
    private final Attendance attendance;
    private final List<DirectoryListener> listeners = new CopyOnWriteArrayList<>();
    private volatile FleetSnapshot snapshot = FleetSnapshot.EMPTY;
    private long rolledAt;

    /** A directory that believes the cards it is given. */
    public WorkerDirectory(DirectorySettings settings, LongSupplier nanos) {
        this(settings, nanos, false);
    }

    /** @param proofs whether a worker takes requests only once it has proven that it belongs to the fleet */
    public WorkerDirectory(DirectorySettings settings, LongSupplier nanos, boolean proofs) {
        this.settings = settings;
        this.nanos = nanos;
        this.proofs = proofs;
        this.standings = new Standings(settings);
        this.attendance = new Attendance(settings.expectedWorkers());
        this.rolledAt = nanos.getAsLong();
    }

    public FleetSnapshot snapshot() {
        return snapshot;
    }

    /** What all workers have done, those included that nobody knows any more. */
    public Tally tally() {
        return tally;
    }

    /** How many workers there should be. */
    public int expectedWorkers() {
        return attendance.expected(nanos.getAsLong());
    }

    /** How many replicas the workers' service has to have; empty where no scaler has said so lately. */
    public OptionalInt serviceReplicas() {
        return attendance.replicas(nanos.getAsLong());
    }

    /** Takes a scaler's word on how many replicas the workers' service has to have. It holds for {@link Attendance#WORD_HOLDS}. */
    public void serviceWants(int replicas) {
        update(now -> {
            attendance.wanted(replicas, attending(), now);
            return false;
        });
    }

    /** How many workers have gone without leaving the fleet first. */
    public long vanishedWorkers() {
        return attendance.vanished();
    }

    public void listen(DirectoryListener listener) {
        listeners.add(listener);
    }

    /** The trusted worker of that id: the one that is on the list, or else the one that was last. */
    public Optional<Worker> find(String id) {
        return snapshot.workers().stream()
                .filter(worker -> worker.trusted() && worker.card().id().equals(id))
                .min(Comparator.comparingInt(WorkerDirectory::departure));
    }

    /** How far a worker has left: one that came back with another card stands beside itself for a while. */
    private static int departure(Worker worker) {
        return switch (worker.state()) {
            case JOINING, READY, CORDONED, EJECTED -> 0;
            case DRAINING -> 1;
            case GONE -> 2;
        };
    }

    /** How long the worker has been in its state, in nanoseconds. */
    public long nanosInState(Worker worker) {
        return nanos.getAsLong() - worker.stateSinceNanos();
    }

    /** Takes the list of members as it is now. */
    public void members(List<WorkerCard> cards) {
        update(now -> {
            int before = entries.size();
            for (Entry entry : entries) {
                if (cards.contains(entry.card())) {
                    joined(entry, now);
                } else {
                    standings.departed(entry, now);
                }
            }
            for (WorkerCard card : cards) {
                if (entries.stream().noneMatch(entry -> entry.card().equals(card))) {
                    entries.add(new Entry(
                            new Worker(card, settings.maxInFlight(), !proofs, now, tally, this::failed), now));
                }
            }
            return entries.size() != before;
        });
    }

    private void joined(Entry entry, long now) {
        if (standings.joined(entry, now) && proofs) {
            // Whoever is there now may be another.
            entry.worker.comeBack();
        }
    }

    /** Takes what a probe that was asked just now said. */
    public void probed(Worker worker, Probe probe) {
        probed(worker, probe, nanos.getAsLong());
    }

    /**
     * Takes what a probe of the worker said. Where proofs are asked, an answer is one of a worker that has given its own.
     *
     * @param askedAt when it was asked, on this directory's clock: a worker that answers what it was asked before it left may be dead
     */
    public void probed(Worker worker, Probe probe, long askedAt) {
        update(now -> {
            entryOf(worker).ifPresent(entry -> {
                standings.probed(entry, probe, askedAt, now);
                if (proofs) {
                    worker.trust(probe == Probe.READY
                            || probe == Probe.REFUSING
                            || (probe == Probe.SILENT && worker.trusted()));
                }
            });
            return false;
        });
    }

    /**
     * Keeps new requests from a worker, in an operator's name, before the worker knows of it.
     *
     * @param forced also where no other takes requests, or requests for some model
     */
    public Cordoning cordon(Worker worker, boolean forced) {
        AtomicReference<Cordoning> done = new AtomicReference<>(new Cordoning.LastWorker());
        update(now -> {
            entryOf(worker).ifPresent(entry -> {
                Cordoning may =
                        forced || entry.cordoned ? new Cordoning.Done() : Standings.mayBeCordoned(entry, entries);
                if (may instanceof Cordoning.Done) {
                    standings.cordon(entry, true, now);
                }
                done.set(may);
            });
            return false;
        });
        return done.get();
    }

    /**
     * Takes a worker's own word on whether an operator keeps new requests from it.
     *
     * @param askedAt when it was asked, on this directory's clock: what it said before it was last told is no news
     */
    public void cordoned(Worker worker, boolean cordoned, long askedAt) {
        update(now -> {
            entryOf(worker).ifPresent(entry -> standings.cordon(entry, cordoned, askedAt));
            return false;
        });
    }

    /** Takes a worker's own word on the models that it holds now. */
    public void holds(Worker worker, List<HeldModel> models) {
        holds(worker, models, List.of());
    }

    /**
     * The same of one that loads models when they are asked for.
     *
     * @param loadable those that it does not hold
     */
    public void holds(Worker worker, List<HeldModel> models, List<LoadableModel> loadable) {
        update(now -> worker.holds(models, loadable));
    }

    /** Takes a worker's own word on the versions of the models that it holds, by each of their names. */
    public void versions(Worker worker, Map<String, String> versions) {
        worker.versions(versions);
    }

    /** Takes where copies of models should be, which also decides who is sent requests for them. */
    public void plan(CopyPlan plan) {
        update(now -> {
            boolean changed = false;
            for (Entry entry : entries) {
                changed |= entry.worker.wish(plan.of(entry.worker));
            }
            return changed;
        });
    }

    /** Has a worker asked at once how it is: something of it has changed. */
    public void ask(Worker worker) {
        listeners.forEach(listener -> listener.doubted(worker));
    }

    /** Lets time pass: ends ejections, finds the dead, forgets the gone. Call several times a second. */
    public void tick() {
        update(now -> {
            boolean forgot = entries.removeIf(entry -> standings.forgotten(entry, now));
            if (now - rolledAt >= LatencyWindow.HALF_SECONDS * 1_000_000_000L) {
                rolledAt = now;
                entries.forEach(entry -> entry.worker.latency().roll());
            }
            return forgot;
        });
    }

    private void failed(Worker worker, Failure failure) {
        update(now -> {
            entryOf(worker).ifPresent(entry -> standings.failed(entry, failure, entries, now));
            return false;
        });
        if (failure == Failure.CUT_OFF) {
            ask(worker);
        }
    }

    private Optional<Entry> entryOf(Worker worker) {
        return entries.stream().filter(entry -> entry.worker == worker).findFirst();
    }

    private interface Change {
        /** Whether the fleet is another, whatever the states of its workers. */
        boolean apply(long now);
    }

    private void update(Change change) {
        lock.lock();
        try {
            long now = nanos.getAsLong();
            boolean changed = change.apply(now);
            List<Worker> dead = new ArrayList<>();
            for (Entry entry : entries) {
                if (standings.settle(entry, now)) {
                    changed = true;
                    settled(entry);
                }
                if (standings.dies(entry, now)) {
                    dead.add(entry.worker);
                }
            }
            // In panic the choice depends on more than states, and a kept list runs out by time alone.
            if (changed || snapshot.panic()) {
                publish(standings.snapshot(entries, now), changed);
            }
            dead.forEach(worker -> listeners.forEach(listener -> listener.dead(worker)));
        } finally {
            lock.unlock();
        }
    }

    private void settled(Entry entry) {
        WorkerState state = entry.worker.state();
        boolean gone = state == WorkerState.GONE && entry.attended;
        boolean answers = state == WorkerState.READY || state == WorkerState.CORDONED;
        entry.attended = answers || (entry.attended && !gone);
        int members = attending();
        attendance.present(members);
        if (gone && entry.farewell) {
            attendance.left(members);
        } else if (gone) {
            attendance.lost();
            listeners.forEach(listener -> listener.vanished(entry.worker));
        }
    }

    private int attending() {
        return (int) entries.stream().filter(one -> one.member && one.attended).count();
    }

    private void publish(FleetSnapshot next, boolean statesChanged) {
        boolean changed = statesChanged || !next.eligible().equals(snapshot.eligible());
        snapshot = next;
        if (changed) {
            listeners.forEach(listener -> listener.changed(next));
        }
    }
}
