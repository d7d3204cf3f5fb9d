package phifleet.gateway.balance;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;
import phifleet.common.WorkerCard;
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
    private final Standings standings;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<Entry> entries = new ArrayList<>();
    private final List<DirectoryListener> listeners = new CopyOnWriteArrayList<>();
    private volatile FleetSnapshot snapshot = FleetSnapshot.EMPTY;
    private long rolledAt;

    public WorkerDirectory(DirectorySettings settings, LongSupplier nanos) {
        this.settings = settings;
        this.nanos = nanos;
        this.standings = new Standings(settings);
        this.rolledAt = nanos.getAsLong();
    }

    public FleetSnapshot snapshot() {
        return snapshot;
    }

    public void listen(DirectoryListener listener) {
        listeners.add(listener);
    }

    /** The worker of that id: the one that is on the list, or else the one that was last. */
    public Optional<Worker> find(String id) {
        return snapshot.workers().stream()
                .filter(worker -> worker.card().id().equals(id))
                .reduce((first, second) -> first.state() == WorkerState.GONE ? second : first);
    }

    /** How long the worker has been in its state, in nanoseconds. */
    public long nanosInState(Worker worker) {
        return nanos.getAsLong() - worker.stateSinceNanos();
    }

    /** Takes the list of members as it is now. */
    public void members(List<WorkerCard> cards) {
        update(now -> {
            for (Entry entry : entries) {
                if (cards.contains(entry.card())) {
                    standings.joined(entry, now);
                } else {
                    standings.departed(entry, now);
                }
            }
            for (WorkerCard card : cards) {
                if (entries.stream().noneMatch(entry -> entry.card().equals(card))) {
                    entries.add(new Entry(new Worker(card, settings.maxInFlight(), now, this::failed), now));
                }
            }
        });
    }

    /** Takes what a look at the worker said. */
    public void probed(Worker worker, Probe probe) {
        update(now -> entryOf(worker).ifPresent(entry -> standings.probed(entry, probe, now)));
    }

    /** Lets time pass: ends ejections, finds the dead, forgets the gone. Call several times a second. */
    public void tick() {
        update(now -> {
            entries.removeIf(entry -> standings.forgotten(entry, now));
            if (now - rolledAt >= LatencyWindow.HALF_SECONDS * 1_000_000_000L) {
                rolledAt = now;
                entries.forEach(entry -> entry.worker.latency().roll());
            }
        });
    }

    private void failed(Worker worker, Failure failure) {
        update(now -> entryOf(worker).ifPresent(entry -> standings.failed(entry, failure, entries, now)));
        if (failure == Failure.CUT_OFF) {
            listeners.forEach(listener -> listener.doubted(worker));
        }
    }

    private Optional<Entry> entryOf(Worker worker) {
        return entries.stream().filter(entry -> entry.worker == worker).findFirst();
    }

    private interface Change {
        void apply(long now);
    }

    private void update(Change change) {
        lock.lock();
        try {
            long now = nanos.getAsLong();
            int before = entries.size();
            change.apply(now);
            boolean changed = entries.size() != before;
            List<Worker> dead = new ArrayList<>();
            for (Entry entry : entries) {
                changed |= standings.settle(entry, now);
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

    private void publish(FleetSnapshot next, boolean statesChanged) {
        boolean changed = statesChanged || !next.eligible().equals(snapshot.eligible());
        snapshot = next;
        if (changed) {
            listeners.forEach(listener -> listener.changed(next));
        }
    }
}
