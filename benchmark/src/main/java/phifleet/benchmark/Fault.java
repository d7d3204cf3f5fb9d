package phifleet.benchmark;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import phifleet.benchmark.Processes.Started;

/** Something that happens to a fleet under load, and how it is seen to have been borne. */
enum Fault {
    /** SIGKILL to a worker. */
    KILL(500) {
        @Override
        Outcome apply(Fleet fleet) throws IOException, InterruptedException {
            Started worker = fleet.workers().removeFirst();
            worker.signal("KILL");
            return new Outcome(worker.name(), passedOver(fleet, worker));
        }
    },
    /** A new worker. */
    ADD(60_000) {
        @Override
        Outcome apply(Fleet fleet) throws IOException, InterruptedException {
            Started worker = fleet.addWorker();
            return new Outcome(
                    worker.name(),
                    fleet.await(
                            worker + " is ready", () -> fleet.stateOf(worker).equals("ready")));
        }
    },
    /** SIGSTOP to a worker, and SIGCONT when the gateway has given it up for long enough to be sure. */
    FREEZE(8_000) {
        @Override
        Outcome apply(Fleet fleet) throws IOException, InterruptedException {
            Started worker = fleet.workers().removeFirst();
            worker.signal("STOP");
            long millis = passedOver(fleet, worker);
            Thread.sleep(FROZEN_MILLIS);
            worker.signal("CONT");
            fleet.await(worker + " is back", () -> fleet.stateOf(worker).equals("ready"));
            fleet.workers().addLast(worker);
            return new Outcome(worker.name(), millis);
        }
    },
    /** SIGTERM to a worker, which finishes what it has and exits with 0. */
    DRAIN(2_000) {
        @Override
        Outcome apply(Fleet fleet) throws IOException, InterruptedException {
            Started worker = fleet.workers().removeFirst();
            worker.signal("TERM");
            long millis = passedOver(fleet, worker);
            if (!worker.process().waitFor(40, TimeUnit.SECONDS)
                    || worker.process().exitValue() != 0) {
                throw new IllegalStateException(worker.name() + " did not drain and exit with 0");
            }
            return new Outcome(worker.name(), millis);
        }
    };

    private static final long FROZEN_MILLIS = 10_000;

    private final long boundMillis;

    Fault(long boundMillis) {
        this.boundMillis = boundMillis;
    }

    /**
     * What came of it.
     *
     * @param worker whom it befell
     * @param millis until the gateway picked it no more, or for {@link #ADD}, picked it
     */
    record Outcome(String worker, long millis) {}

    /** The longest that {@link Outcome#millis} may be. */
    long boundMillis() {
        return boundMillis;
    }

    /** Does it, and waits until the fleet has borne it. */
    abstract Outcome apply(Fleet fleet) throws IOException, InterruptedException;

    private static long passedOver(Fleet fleet, Started worker) throws InterruptedException {
        return fleet.await(
                worker.name() + " is passed over", () -> !fleet.stateOf(worker).equals("ready"));
    }
}
