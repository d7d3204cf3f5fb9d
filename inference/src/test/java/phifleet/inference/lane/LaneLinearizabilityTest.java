package phifleet.inference.lane;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.StressOptions;
import org.jetbrains.lincheck.datastructures.Validate;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.WorkUnit;

/**
 * A lane under threads takes, refuses and counts as it does in some order of the same calls: random short programs, each run many
 * times on real threads, held against all orders by Lincheck.
 */
class LaneLinearizabilityTest {
    @Test
    void calls_fromManyThreads_areAsInSomeOrder() {
        new StressOptions()
                .iterations(8)
                .invocationsPerIteration(1000)
                .threads(2)
                .actorsPerThread(3)
                .actorsBefore(0)
                .actorsAfter(2)
                .check(LaneCalls.class);
    }

    /** A lane with room for four units, of which two inputs have one each; the threads of the test are its loops. */
    @Param(name = "which", gen = IntGen.class, conf = "0:1")
    public static class LaneCalls {
        private final DeviceLoops device = new DeviceLoops(2, () -> 0);
        private final Lane<Integer, Integer> lane = device.open(
                "calls",
                SimulatedDevice.NOT_RUN,
                InputShape.of(WorkUnit.TOKENS, Integer::intValue),
                new LaneSettings(
                        4,
                        Duration.ofSeconds(10),
                        new BatchLimits(2, 2, SimulatedDevice.COST),
                        64,
                        1,
                        Duration.ZERO,
                        0),
                new LengthAwarePolicy(),
                LaneObserver.NONE);
        private final Deque<Formed<Integer, Integer>> running = new ArrayDeque<>();
        private final AtomicInteger taken = new AtomicInteger();
        private final AtomicInteger ends = new AtomicInteger();
        private final List<Admission> first = List.of(offer(1), offer(1));

        private Admission offer(int units) {
            Admission admission = lane.submit(
                    List.of(units), Priority.INTERACTIVE, Long.MAX_VALUE, outcome -> ends.incrementAndGet());
            if (admission instanceof Admission.Accepted) {
                taken.incrementAndGet();
            }
            return admission;
        }

        @Operation
        public String submits(@Param(name = "which") int which) {
            return offer(1 + which).getClass().getSimpleName();
        }

        @Operation
        public void cancels(@Param(name = "which") int which) {
            if (first.get(which) instanceof Admission.Accepted(Admission.Ticket ticket)) {
                ticket.cancel();
            }
        }

        @Operation
        @SuppressWarnings("unchecked") // the one lane is of whole numbers
        public void startsBatch() {
            synchronized (running) {
                Turn<Integer, Integer> turn = (Turn<Integer, Integer>) device.poll();
                if (turn != null) {
                    running.add(turn.formed());
                }
            }
        }

        @Operation
        public void endsBatch() {
            synchronized (running) {
                Formed<Integer, Integer> formed = running.poll();
                if (formed != null) {
                    lane.finish(formed, Collections.nCopies(formed.batch().size(), 0), 0, 1);
                }
            }
        }

        @Operation
        public int holds() {
            LaneState state = lane.state();
            return state.queuedItems() + state.runningItems();
        }

        @Operation
        public boolean drains() throws InterruptedException {
            return lane.drain(Duration.ZERO);
        }

        /** Once all have spoken and all batches have run, nothing is held, and each that was taken has ended once. */
        @Validate
        public void endsOnce() {
            while (holds() > 0) {
                startsBatch();
                endsBatch();
            }
            if (taken.get() != ends.get()) {
                throw new IllegalStateException(taken + " taken, " + ends + " ended");
            }
        }
    }
}
