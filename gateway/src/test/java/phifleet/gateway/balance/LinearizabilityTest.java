package phifleet.gateway.balance;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.common.WorkerCard;

/**
 * What many event loops share behaves under threads as it does in some order of the same calls: random short programs, each run
 * many times on real threads, held against all orders by Lincheck.
 */
class LinearizabilityTest {
    @ParameterizedTest
    @ValueSource(classes = {LeaseCalls.class, BudgetCalls.class, DirectoryCalls.class})
    void calls_fromManyThreads_areAsInSomeOrder(Class<?> calls) {
        new StressOptions()
                .iterations(12)
                .invocationsPerIteration(1500)
                .threads(2)
                .actorsPerThread(3)
                // What comes before could spend what the threads are to fight for: the one end of a lease, the one
                // retry.
                .actorsBefore(0)
                .actorsAfter(2)
                .check(calls);
    }

    private static Worker worker(String id) {
        return new Worker(card(id), 10, true, 0, new Tally(), (worker, failure) -> {});
    }

    private static WorkerCard card(String id) {
        return new WorkerCard(id, URI.create("http://127.0.0.1:1"), List.of(), "1", "cpu");
    }

    /** One lease that several want to end. */
    public static class LeaseCalls {
        private final Worker worker = worker("a");
        private final Lease lease = worker.lease();

        @Operation
        public boolean served() {
            return lease.served(1);
        }

        @Operation
        public boolean failed() {
            return lease.failed(Failure.CUT_OFF);
        }

        @Operation
        public boolean abandoned() {
            return lease.abandoned();
        }

        /** Once all have spoken, it is counted once, and nothing is in flight. */
        @Validate
        public void isCountedOnce() {
            long ends = worker.tally().served()
                    + worker.tally().failed()
                    + worker.tally().abandoned();
            if (ends > 1 || worker.inFlight() != 1 - ends) {
                throw new IllegalStateException(ends + " ends, " + worker.inFlight() + " in flight");
            }
        }
    }

    /** One retry is allowed from the start, and one for each two requests. */
    public static class BudgetCalls {
        private final RetryBudget budget = new RetryBudget(0.5, 0.1, () -> 0);

        @Operation
        public void request() {
            budget.request();
        }

        @Operation
        public boolean tryRetry() {
            return budget.tryRetry();
        }
    }

    /** Two workers that come, go, and are found ready or silent. */
    @Param(name = "which", gen = IntGen.class, conf = "0:1")
    public static class DirectoryCalls {
        private static final List<WorkerCard> CARDS = List.of(card("a"), card("b"));

        private final WorkerDirectory directory = new WorkerDirectory(DirectorySettings.DEFAULT, () -> 0);

        @Operation
        public void onlyOne(@Param(name = "which") int which) {
            directory.members(List.of(CARDS.get(which)));
        }

        @Operation
        public void both() {
            directory.members(CARDS);
        }

        @Operation
        public void isReady(@Param(name = "which") int which) {
            directory.find(CARDS.get(which).id()).ifPresent(worker -> directory.probed(worker, Probe.READY));
        }

        @Operation
        public void refuses(@Param(name = "which") int which) {
            directory.find(CARDS.get(which).id()).ifPresent(worker -> directory.probed(worker, Probe.REFUSING));
        }

        @Operation
        public void timePasses() {
            directory.tick();
        }

        @Operation
        public List<String> eligible() {
            List<String> ids = new ArrayList<>();
            directory
                    .snapshot()
                    .eligible()
                    .forEach(worker -> ids.add(worker.card().id()));
            return ids;
        }
    }
}
