package phifleet.gateway.http.proxy;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;
import phifleet.gateway.http.routing.RequestTarget;
import phifleet.http.BodyBudget;

/**
 * The requests whose bodies flow to workers. They take seconds where others take milliseconds, so that all together get half of
 * the places that the workers have, and the others always find one; and each has memory of its own for what waits of it while its
 * worker holds it up. A gRPC stream lasts for as long as its client likes, and is idle most of it: it takes memory alone. Thread-safe.
 */
public final class Flows {
    private final WorkerDirectory directory;
    private final AtomicInteger open = new AtomicInteger();

    /** What one request takes for as long as its body flows. For one event loop. */
    final class Place implements AutoCloseable {
        private final BodyBudget.Share room;
        private boolean counted;

        private Place(BodyBudget.Share room, boolean counted) {
            this.room = room;
            this.counted = counted;
        }

        /** Gives it back; again without effect. */
        @Override
        public void close() {
            room.close();
            if (counted) {
                counted = false;
                open.decrementAndGet();
            }
        }
    }

    public Flows(WorkerDirectory directory) {
        this.directory = directory;
    }

    /** Takes a place; empty where there is none. */
    Optional<Place> enter(RequestTarget target, BodyBudget budget) {
        return budget.share(target.waitingBytes()).flatMap(room -> {
            if (!target.isStream() && !count()) {
                room.close();
                return Optional.empty();
            }
            return Optional.of(new Place(room, !target.isStream()));
        });
    }

    private boolean count() {
        int places =
                directory.snapshot().eligible().stream().mapToInt(Worker::cap).sum();
        if (open.incrementAndGet() > Math.max(1, places / 2)) {
            open.decrementAndGet();
            return false;
        }
        return true;
    }
}
