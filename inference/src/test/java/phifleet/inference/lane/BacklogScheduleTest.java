package phifleet.inference.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.WorkUnit;

/**
 * Random schedules of everything that can happen to a backlog, on a clock of the test's own: whatever the order, each submission
 * ends once, no count is ever below zero, and when all has ended the backlog is empty. A failure names its seed, and
 * {@code -Dschedule.seed=…} runs that schedule again.
 */
class BacklogScheduleTest {
    private static final InputShape<Integer> SHAPE = InputShape.of(WorkUnit.TOKENS, units -> units);
    private static final int SCHEDULES = 4_000;
    private static final int STEPS = 120;
    private static final long NO_DEADLINE = Long.MAX_VALUE;

    @Test
    void schedule_ofAnyOrder_endsEachSubmissionOnce() {
        Long given = Long.getLong("schedule.seed");
        if (given != null) {
            new Schedule(given).run();
            return;
        }
        long first = System.nanoTime();
        System.out.println("schedules of a backlog: seeds from " + first);
        for (long seed = first; seed < first + SCHEDULES; seed++) {
            new Schedule(seed).run();
        }
    }

    /** The fault that this test was written for: a late input took its submission along, and another of it was run all the same. */
    @Test
    void form_submissionOfWhichOneInputIsLate_endsWhole() {
        Backlog<Integer, Integer> backlog = backlog(1, 100);
        backlog.add(submission(List.of(10), NO_DEADLINE, 0), 0);
        backlog.finish(form(backlog, 0, 0), List.of(10), 1_000, 1, 0);

        Submission<Integer, Integer> mixed = submission(List.of(1, 1, 1, 250), 5_000, 0);
        Submission<Integer, Integer> other = submission(List.of(1), NO_DEADLINE, 0);
        backlog.add(mixed, 0);
        backlog.add(other, 0);
        Formed<Integer, Integer> formed = form(backlog, 0, 0);
        assertThat(formed.batch()).containsExactly(new Entry<>(other, 0));
        assertThat(formed.late()).containsExactly(mixed);
        backlog.finish(formed, List.of(10), 1_000, 1, 0);
        assertThat(backlog.isEmpty()).isTrue();
        assertThat(backlog.state(0, 0).queuedUnits()).isZero();
        assertThat(backlog.state(0, 0).queuedItems()).isZero();
    }

    private static Backlog<Integer, Integer> backlog(int loops, int window) {
        BatchLimits limits = new BatchLimits(300, 8, BatchCost.OF_ROWS);
        LaneSettings settings = new LaneSettings(100_000, Duration.ofSeconds(10), limits, window, 1, Duration.ZERO, 0);
        return new Backlog<>(SHAPE, settings, new ArrivalOrderPolicy(), loops, new Patience());
    }

    private static Submission<Integer, Integer> submission(List<Integer> units, long deadline, long now) {
        return new Submission<>(units, SHAPE, BatchCost.OF_ROWS, Priority.INTERACTIVE, deadline, now, outcome -> {});
    }

    private static Formed<Integer, Integer> form(Backlog<Integer, Integer> backlog, long now, int otherFree) {
        Formed<Integer, Integer> formed = backlog.form(now, otherFree, false);
        return Objects.requireNonNull(formed, "nothing waits");
    }

    private static final class Schedule {
        private final long seed;
        private final Random random;
        private final Backlog<Integer, Integer> backlog;
        private final List<Submission<Integer, Integer>> alive = new ArrayList<>();
        private final List<Formed<Integer, Integer>> running = new ArrayList<>();
        private final Map<Submission<Integer, Integer>, Integer> ends = new HashMap<>();
        private final int loops;
        private long now;

        Schedule(long seed) {
            this.seed = seed;
            this.random = new Random(seed);
            this.loops = 1 + random.nextInt(3);
            this.backlog = backlog(loops, 1 + random.nextInt(40));
        }

        void run() {
            for (int step = 0; step < STEPS; step++) {
                now += random.nextInt(2_000);
                switch (random.nextInt(9)) {
                    case 0, 1, 2 -> add();
                    case 3, 4 -> form();
                    case 5, 6 -> finish();
                    case 7 -> fail();
                    default -> cancel();
                }
                check();
            }
            if (random.nextBoolean()) {
                backlog.withdrawAll().forEach(this::ended);
                check();
            }
            while (!running.isEmpty() || !backlog.nothingWaits()) {
                form();
                finish();
                check();
            }
            assertThat(backlog.isEmpty()).as("empty, seed %s", seed).isTrue();
            assertThat(backlog.load()).as("load, seed %s", seed).isZero();
            assertThat(ends.values()).as("ends, seed %s", seed).containsOnly(1);
        }

        private void add() {
            int most = random.nextBoolean() ? 3 : 250;
            List<Integer> units = IntStream.range(0, 1 + random.nextInt(40))
                    .mapToObj(i -> 1 + random.nextInt(most))
                    .toList();
            long deadline = random.nextInt(3) == 0 ? NO_DEADLINE : now + random.nextInt(200_000);
            Priority priority = random.nextInt(4) == 0 ? Priority.BATCH : Priority.INTERACTIVE;
            Submission<Integer, Integer> submission =
                    new Submission<>(units, SHAPE, BatchCost.OF_ROWS, priority, deadline, now, outcome -> {});
            backlog.add(submission, now);
            alive.add(submission);
            ends.put(submission, 0);
        }

        private void form() {
            if (running.size() == loops || backlog.nothingWaits()) {
                return;
            }
            Formed<Integer, Integer> formed = BacklogScheduleTest.form(backlog, now, random.nextInt(loops));
            formed.late().forEach(this::ended);
            if (!formed.batch().isEmpty()) {
                running.add(formed);
            }
        }

        private void finish() {
            if (running.isEmpty()) {
                return;
            }
            Formed<Integer, Integer> formed = running.remove(random.nextInt(running.size()));
            int items = formed.batch().size();
            backlog.finish(formed, Collections.nCopies(items, 0), 1L + random.nextInt(100_000), 1, now)
                    .forEach(this::ended);
        }

        private void fail() {
            if (running.isEmpty()) {
                return;
            }
            Formed<Integer, Integer> formed = running.remove(random.nextInt(running.size()));
            for (Formed<Integer, Integer> one : formed.apart()) {
                backlog.fail(one, 1L + random.nextInt(1_000), now).forEach(this::ended);
            }
        }

        private void cancel() {
            if (!alive.isEmpty()) {
                Submission<Integer, Integer> submission = alive.get(random.nextInt(alive.size()));
                if (backlog.withdraw(submission)) {
                    ended(submission);
                }
            }
        }

        private void ended(Submission<Integer, Integer> submission) {
            ends.merge(submission, 1, Integer::sum);
        }

        private void check() {
            int waiting = alive.stream()
                    .filter(submission -> !submission.ended())
                    .mapToInt(Submission::waiting)
                    .sum();
            long units = alive.stream()
                    .filter(submission -> !submission.ended())
                    .mapToLong(Submission::waitingUnits)
                    .sum();
            int onDevice =
                    running.stream().mapToInt(formed -> formed.batch().size()).sum();
            LaneState state = backlog.state(0, 0);
            assertThat(List.of((long) state.queuedItems(), state.queuedUnits(), (long) state.runningItems()))
                    .as("waiting inputs and units, running inputs; seed %s", seed)
                    .containsExactly((long) waiting, units, (long) onDevice);
        }
    }
}
