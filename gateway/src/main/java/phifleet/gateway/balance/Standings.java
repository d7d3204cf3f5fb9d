package phifleet.gateway.balance;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.WorkerCard;

/**
 * What is known of each worker, and what follows from it. Not safe for threads: {@link WorkerDirectory} holds the lock.
 *
 * <p>Three sources speak: the list of members, the probes of each worker, and the requests that fail. The list says
 * who may take traffic; a probe tells a worker that drains from one that is dead; a failure acts at once, long before the
 * other two have noticed.
 */
final class Standings {
    /** Probes without an answer in a row, before a worker counts as silent: one can be lost to a pause. */
    private static final int SILENT_PROBES = 2;

    private final DirectorySettings settings;

    Standings(DirectorySettings settings) {
        this.settings = settings;
    }

    /** One worker's entry. */
    static final class Entry {
        final Worker worker;
        boolean member = true;
        boolean dead;
        /** Whether it was ready since it last came. */
        boolean attended;

        /** Whether it said that it stops, or answered what was asked after it had left: a worker that dies does neither. */
        boolean farewell;

        Probe probe = Probe.UNKNOWN;
        int silentProbes;
        long answeredAt;
        long departedAt;
        int ejections;
        long ejectedUntil;

        @Nullable
        String ejectedFor;

        boolean cordoned;
        /** When that was last asked for, or done. */
        long cordonKnownAt;

        Entry(Worker worker, long now) {
            this.worker = worker;
            this.answeredAt = now;
            this.cordonKnownAt = now;
        }

        WorkerCard card() {
            return worker.card();
        }
    }

    /** Keeps new requests from it, or lets them come; a word that is older than the last is none. */
    void cordon(Entry entry, boolean cordoned, long askedAt) {
        if (askedAt - entry.cordonKnownAt >= 0) {
            entry.cordoned = cordoned;
            entry.cordonKnownAt = askedAt;
        }
    }

    /** Whether it may be: others take requests, and can answer for all that it holds. */
    static Cordoning mayBeCordoned(Entry entry, List<Entry> all) {
        List<Worker> others = all.stream()
                .filter(other -> other != entry && other.worker.state() == WorkerState.READY)
                .map(other -> other.worker)
                .toList();
        if (others.isEmpty()) {
            return new Cordoning.LastWorker();
        }
        List<String> models = SoleModels.of(entry.worker, others);
        return models.isEmpty() ? new Cordoning.Done() : new Cordoning.LastHolder(models);
    }

    /** Whether it was not on the list before. */
    boolean joined(Entry entry, long now) {
        if (entry.member) {
            return false;
        }
        entry.answeredAt = now;
        entry.member = true;
        entry.probe = Probe.UNKNOWN;
        entry.silentProbes = 0;
        entry.farewell = false;
        endEjection(entry);
        return true;
    }

    void departed(Entry entry, long now) {
        if (entry.member) {
            entry.member = false;
            entry.departedAt = now;
        }
    }

    void probed(Entry entry, Probe probe, long askedAt, long now) {
        boolean answers = probe == Probe.READY || probe == Probe.REFUSING || probe == Probe.UNPROVEN;
        if (answers) {
            entry.silentProbes = 0;
            entry.answeredAt = now;
            entry.dead = false;
            // An answer to what was asked before it left says nothing of the time after.
            entry.farewell = probe == Probe.REFUSING || (!entry.member && askedAt - entry.departedAt >= 0);
        } else {
            entry.silentProbes += probe == Probe.ABSENT ? SILENT_PROBES : 1;
        }
        entry.probe = probe;
    }

    void failed(Entry entry, Failure failure, List<Entry> all, long now) {
        if (entry.ejectedUntil - now > 0 && entry.ejectedFor != null) {
            return;
        }
        switch (failure) {
            case CONNECT -> eject(entry, "refuses connections", now);
            case CUT_OFF, SERVER_ERROR -> {
                int failures = entry.worker.failuresInARow();
                if (failures >= settings.ejection().failuresInARow() && mayEject(all)) {
                    eject(entry, failures + " failures in a row", now);
                }
            }
            case TIMEOUT -> {
                // The probes find out whether it is the worker.
            }
        }
    }

    private boolean mayEject(List<Entry> all) {
        long members = all.stream().filter(entry -> entry.member).count();
        long ejected = all.stream()
                .filter(entry -> entry.member && entry.worker.state() == WorkerState.EJECTED)
                .count();
        return settings.ejection().mayEject((int) ejected, (int) members);
    }

    private void eject(Entry entry, String reason, long now) {
        entry.ejections++;
        entry.ejectedUntil = now + settings.ejection().nanos(entry.ejections);
        entry.ejectedFor = reason;
        entry.worker.forgetFailures();
    }

    private static void endEjection(Entry entry) {
        entry.ejectedFor = null;
        entry.ejections = 0;
    }

    /** Works out the entry's state; true where it changed. */
    boolean settle(Entry entry, long now) {
        if (entry.ejectedFor != null && now - entry.ejectedUntil >= 0) {
            entry.ejectedFor = null;
        }
        // A worker that has served again for as long as it was last ejected starts from the beginning.
        if (entry.ejections > 0
                && now - entry.ejectedUntil >= settings.ejection().nanos(entry.ejections)) {
            entry.ejections = 0;
        }
        boolean silent = entry.silentProbes >= SILENT_PROBES;
        if (!entry.member) {
            return silent
                    ? entry.worker.enter(WorkerState.GONE, null, now)
                    : entry.worker.enter(WorkerState.DRAINING, "left the fleet", now);
        }
        if (silent) {
            return entry.worker.enter(
                    WorkerState.EJECTED, entry.probe == Probe.ABSENT ? "nobody listens" : "does not answer", now);
        }
        if (entry.ejectedFor != null) {
            return entry.worker.enter(WorkerState.EJECTED, entry.ejectedFor, now);
        }
        return switch (entry.probe) {
            case UNKNOWN -> entry.worker.enter(WorkerState.JOINING, null, now);
            case UNPROVEN ->
                entry.worker.enter(WorkerState.EJECTED, "has not proven that it belongs to the fleet", now);
            case REFUSING -> entry.worker.enter(WorkerState.DRAINING, "says that it is not ready", now);
            case READY, SILENT, ABSENT ->
                entry.cordoned
                        ? entry.worker.enter(WorkerState.CORDONED, "kept from new requests by an operator", now)
                        : entry.worker.enter(WorkerState.READY, null, now);
        };
    }

    /** Whether the worker is found dead just now: true once for each death. */
    boolean dies(Entry entry, long now) {
        boolean dead = entry.worker.state() == WorkerState.GONE
                || (entry.silentProbes >= SILENT_PROBES
                        && now - entry.answeredAt >= settings.deadAfter().toNanos());
        if (!dead || entry.dead) {
            return false;
        }
        entry.dead = true;
        return true;
    }

    /** Whether there is nothing more to know of a worker that is gone. */
    boolean forgotten(Entry entry, long now) {
        return entry.worker.state() == WorkerState.GONE
                && entry.worker.inFlight() == 0
                && now - entry.worker.stateSinceNanos() >= settings.showGone().toNanos();
    }

    /** The snapshot that follows. */
    FleetSnapshot snapshot(List<Entry> all, long now) {
        List<Worker> workers = all.stream().map(entry -> entry.worker).toList();
        List<Worker> ready = workers.stream()
                .filter(worker -> worker.state() == WorkerState.READY && worker.trusted())
                .toList();
        return ready.isEmpty()
                ? new FleetSnapshot(workers, lastResort(all, now), true)
                : new FleetSnapshot(workers, ready, false);
    }

    /**
     * Who is tried where nobody is ready: members that answer; else members at all; else, where the list is empty, those
     * that were on it lately and still say that they are ready, since then it is the list that is wrong.
     */
    private List<Worker> lastResort(List<Entry> all, long now) {
        List<Worker> answering = new ArrayList<>();
        List<Worker> members = new ArrayList<>();
        List<Worker> lately = new ArrayList<>();
        for (Entry entry : all) {
            if (!entry.worker.trusted() || entry.cordoned) {
                continue;
            }
            if (entry.member && entry.probe != Probe.REFUSING) {
                members.add(entry.worker);
                if (entry.silentProbes < SILENT_PROBES) {
                    answering.add(entry.worker);
                }
            }
            if (!entry.member
                    && entry.silentProbes < SILENT_PROBES
                    && entry.probe != Probe.REFUSING
                    && now - entry.departedAt < settings.keepLast().toNanos()) {
                lately.add(entry.worker);
            }
        }
        if (!answering.isEmpty()) {
            return answering;
        }
        return members.isEmpty() ? lately : members;
    }
}
