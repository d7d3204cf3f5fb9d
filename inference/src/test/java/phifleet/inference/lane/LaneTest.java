package phifleet.inference.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.WorkUnit;

class LaneTest {
    private static final long NO_DEADLINE = Long.MAX_VALUE;

    private final GatedModel model = new GatedModel();
    private final AtomicLong clock = new AtomicLong(1);
    private final BlockingQueue<Outcome<Integer>> outcomes = new LinkedBlockingQueue<>();
    private final DeviceLoops device = new DeviceLoops("test", 1, clock::get);
    private final List<Lane<Integer, Integer>> lanes = new ArrayList<>();

    @AfterEach
    void close() {
        model.open(1_000_000);
        lanes.forEach(Lane::close);
        device.close();
    }

    private Lane<Integer, Integer> lane(long limit, int batchItems) {
        return lane(limit, batchItems, 1000, 0);
    }

    private Lane<Integer, Integer> lane(long limit, int batchItems, int batchUnits, double nanosPerUnit) {
        BatchLimits batch = new BatchLimits(batchUnits, batchItems, BatchCost.OF_ROWS);
        Lane<Integer, Integer> lane = device.open(
                "test",
                model,
                InputShape.of(WorkUnit.TOKENS, Math::abs),
                new LaneSettings(limit, Duration.ofSeconds(10), batch, 100, 1, Duration.ZERO, nanosPerUnit),
                new ArrivalOrderPolicy(),
                LaneObserver.NONE);
        lanes.add(lane);
        return lane;
    }

    /** A lane whose one loop is inside a batch, so that everything after it waits. */
    private Lane<Integer, Integer> busyLane(long limit, int batchItems) throws InterruptedException {
        return busy(lane(limit, batchItems));
    }

    private Lane<Integer, Integer> busy(Lane<Integer, Integer> lane) throws InterruptedException {
        lane.submit(List.of(1), Priority.INTERACTIVE, NO_DEADLINE, outcome -> {});
        model.awaitEntered();
        return lane;
    }

    private Outcome<Integer> next() throws InterruptedException {
        Outcome<Integer> outcome = outcomes.poll(10, TimeUnit.SECONDS);
        assertThat(outcome).as("an outcome within 10 s").isNotNull();
        return outcome;
    }

    private List<Integer> outputs() throws InterruptedException {
        if (next() instanceof Outcome.Completed<Integer>(List<Integer> outputs, Timing timing)) {
            return outputs;
        }
        throw new AssertionError("not completed");
    }

    @Test
    void submit_severalInputs_answersInTheirOrder() throws Exception {
        model.open(10);
        lane(100, 2).submit(List.of(3, 1, 2), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add);
        assertThat(outputs()).isEqualTo(List.of(30, 10, 20));
    }

    @Test
    void submit_overTheLimit_takesAllOrNothing() throws Exception {
        Lane<Integer, Integer> lane = busyLane(10, 8);
        assertThat(lane.submit(List.of(5, 5), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add))
                .isInstanceOfSatisfying(Admission.Overloaded.class, overloaded -> {
                    assertThat(overloaded.excess()).isEqualTo(new Admission.Excess.Work(WorkUnit.TOKENS, 1, 10));
                    assertThat(overloaded.retryAfter()).isPositive();
                });
        assertThat(lane.state().queuedItems()).isZero();
        assertThat(lane.submit(List.of(5, 4), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add))
                .isInstanceOf(Admission.Accepted.class);
        assertThat(lane.submit(List.of(1), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add))
                .isInstanceOf(Admission.Overloaded.class);
    }

    @Test
    void submit_moreThanTheLaneEverTakes_isTooLarge() {
        assertThat(lane(10, 8).submit(List.of(11), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add))
                .isEqualTo(new Admission.TooLarge(WorkUnit.TOKENS, 11, 10));
    }

    @Test
    void finish_freesTheRoomItTook() throws Exception {
        Lane<Integer, Integer> lane = lane(10, 8);
        for (int i = 0; i < 20; i++) {
            model.open(1);
            assertThat(lane.submit(List.of(10), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add))
                    .isInstanceOf(Admission.Accepted.class);
            next();
        }
        LaneState state = lane.state();
        assertThat(state).isEqualTo(new LaneState(WorkUnit.TOKENS, 0, 0, 0, 0, 10, 1000, state.usedNanos(), 0));
    }

    @Test
    void finish_batchOfTwo_eachHasItsPartOfTheDevicesTime() throws Exception {
        Lane<Integer, Integer> lane = busyLane(1_000, 8);
        lane.submit(List.of(1), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add);
        lane.submit(List.of(3), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add);
        model.open(1);
        model.awaitEntered();
        clock.addAndGet(8_000_000);
        model.open(1);

        assertThat(List.of(deviceNanos(next()), deviceNanos(next()))).containsExactlyInAnyOrder(2_000_000L, 6_000_000L);
        assertThat(lane.state().usedNanos()).isEqualTo(8_000_000);
    }

    private static long deviceNanos(Outcome<Integer> outcome) {
        return outcome instanceof Outcome.Completed<Integer>(var outputs, Timing timing) ? timing.deviceNanos() : -1;
    }

    @Test
    void submit_oneInputBehindThousands_isServedAmongTheFirst() throws Exception {
        Lane<Integer, Integer> lane = busy(lane(1_000_000, 4, 50, 1e6));
        lane.submit(Collections.nCopies(500, 7), Priority.INTERACTIVE, NO_DEADLINE, outcome -> {});
        assertThat(lane.submit(List.of(9), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add))
                .isInstanceOf(Admission.Accepted.class);
        model.open(4);
        assertThat(next()).isInstanceOf(Outcome.Completed.class);
        // Of the long one goes before it at most what it would have been served at once: 50 ms, which are 7 inputs.
        assertThat(model.batches().stream().limit(4)).anyMatch(batch -> batch.contains(9));
    }

    @Test
    void submit_batchPriority_yieldsButIsNotStarved() throws Exception {
        Lane<Integer, Integer> lane = busy(lane(1_000_000, 1, 3, 1e6));
        model.taking(units -> clock.addAndGet(units * 1_000_000L));
        lane.submit(Collections.nCopies(10, 2), Priority.BATCH, NO_DEADLINE, outcome -> {});
        lane.submit(Collections.nCopies(200, 3), Priority.INTERACTIVE, NO_DEADLINE, outcome -> {});
        model.open(101);
        for (int i = 0; i < 100; i++) {
            model.awaitEntered();
        }
        List<Integer> firstHundred =
                model.batches().subList(1, 101).stream().map(List::getFirst).toList();
        assertThat(firstHundred).filteredOn(input -> input == 2).hasSizeBetween(3, 12);
        assertThat(firstHundred.subList(0, 5)).containsOnly(3);
    }

    @Test
    void take_deadlinePassed_neverReachesTheModel() throws Exception {
        Lane<Integer, Integer> lane = busyLane(100, 8);
        lane.submit(List.of(5), Priority.INTERACTIVE, clock.get() + 100, outcomes::add);
        clock.addAndGet(101);
        model.open(1);
        assertThat(next()).isInstanceOf(Outcome.Expired.class);
        lane.submit(List.of(6), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add);
        model.open(1);
        next();
        assertThat(model.batches()).doesNotContain(List.of(5)).contains(List.of(6));
    }

    @Test
    void cancel_whileWaiting_freesTheRoomAndSkipsTheWork() throws Exception {
        Lane<Integer, Integer> lane = busyLane(10, 8);
        Admission admission = lane.submit(List.of(4, 5), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add);
        Admission.Ticket ticket = ((Admission.Accepted) admission).ticket();
        ticket.cancel();
        assertThat(next()).isInstanceOf(Outcome.Cancelled.class);
        assertThat(lane.state().queuedUnits()).isZero();
        ticket.cancel();
        lane.submit(List.of(9), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add);
        model.open(2);
        assertThat(next()).isInstanceOf(Outcome.Completed.class);
        assertThat(outcomes).isEmpty();
        assertThat(model.batches()).containsExactly(List.of(1), List.of(9));
    }

    @Test
    void cancel_whileRunning_endsOnceAndCountsReturnToZero() throws Exception {
        Lane<Integer, Integer> lane = lane(10, 8);
        Admission admission = lane.submit(List.of(4), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add);
        model.awaitEntered();
        ((Admission.Accepted) admission).ticket().cancel();
        assertThat(next()).isInstanceOf(Outcome.Cancelled.class);
        model.open(1);
        assertThat(lane.drain(Duration.ofSeconds(10))).isTrue();
        assertThat(outcomes).isEmpty();
    }

    @Test
    void run_oneBadInputInABatch_failsAlone() throws Exception {
        assertEndsAlone(-1, new Outcome.Failed<>("minus one"));
    }

    @Test
    void run_oneInputThatTheModelCannotTake_isRejectedAlone() throws Exception {
        assertEndsAlone(-2, new Outcome.Rejected<>("minus two"));
    }

    private void assertEndsAlone(int input, Outcome<Integer> outcome) throws Exception {
        Lane<Integer, Integer> lane = busyLane(100, 8);
        BlockingQueue<Outcome<Integer>> bad = new LinkedBlockingQueue<>();
        lane.submit(List.of(3), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add);
        lane.submit(List.of(input), Priority.INTERACTIVE, NO_DEADLINE, bad::add);
        model.open(4);
        assertThat(outputs()).isEqualTo(List.of(30));
        assertThat(bad.poll(10, TimeUnit.SECONDS)).isEqualTo(outcome);
        assertThat(lane.drain(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void run_oneBadInputOfASubmission_failsTheWholeSubmissionOnce() throws Exception {
        Lane<Integer, Integer> lane = lane(100, 1);
        lane.submit(List.of(3, -1, -1, 4), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add);
        model.open(10);
        assertThat(next()).isInstanceOf(Outcome.Failed.class);
        assertThat(lane.drain(Duration.ofSeconds(10))).isTrue();
        assertThat(outcomes).isEmpty();
    }

    @Test
    void listener_throws_otherAnswersStillCome() throws Exception {
        Lane<Integer, Integer> lane = busyLane(100, 8);
        lane.submit(List.of(2), Priority.INTERACTIVE, NO_DEADLINE, outcome -> {
            throw new IllegalStateException("a listener's mistake");
        });
        lane.submit(List.of(3), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add);
        model.open(2);
        assertThat(next()).isInstanceOf(Outcome.Completed.class);
        assertThat(lane.drain(Duration.ofSeconds(10))).isTrue();
    }

    @Test
    void drain_workInHand_isFinishedAndNewWorkRefused() throws Exception {
        Lane<Integer, Integer> lane = busyLane(100, 8);
        lane.submit(List.of(2), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add);
        assertThat(lane.drain(Duration.ofMillis(20))).isFalse();
        assertThat(lane.submit(List.of(3), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add))
                .isInstanceOf(Admission.Draining.class);
        model.open(2);
        assertThat(lane.drain(Duration.ofSeconds(10))).isTrue();
        assertThat(next()).isInstanceOf(Outcome.Completed.class);
    }

    @Test
    void close_workStillWaiting_endsAsFailed() throws Exception {
        Lane<Integer, Integer> lane = busyLane(100, 8);
        lane.submit(List.of(2, 3), Priority.INTERACTIVE, NO_DEADLINE, outcomes::add);
        Thread closing = Thread.ofVirtual().start(lane::close);
        assertThat(next()).isInstanceOf(Outcome.Failed.class);
        model.open(1);
        assertThat(closing.join(Duration.ofSeconds(10))).isTrue();
    }
}
