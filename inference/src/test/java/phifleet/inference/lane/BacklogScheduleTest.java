package phifleet.inference.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random schedules of everything that can happen to a backlog, on a clock of the test's own: whatever the order, each submission
 * ends once, no count is ever below zero, and when all has ended the backlog is empty. A failure names its seed, and
 * {@code -Dschedule.seed=…} runs that schedule again.
 */
class BacklogScheduleTest {
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
        backlog.add(submission(List.of(10), NO_DEADLINE, 0));
        Backlog.Formed<Integer, Integer> warm = backlog.form(0, 0);
        backlog.finish(warm.batch(), List.of(10), 10, 10, 1_000);

        Submission<Integer, Integer> mixed = submission(List.of(1, 1, 1, 250), 5_000, 0);
        backlog.add(mixed);
        Backlog.Formed<Integer, Integer> formed = backlog.form(0, 0);
        assertThat(formed.batch()).isEmpty();
        assertThat(formed.late()).containsExactly(mixed);
        assertThat(backlog.isEmpty()).isTrue();
        assertThat(backlog.state().queuedUnits()).isZero();
        assertThat(backlog.state().queuedItems()).isZero();
    }

    private static Backlog<Integer, Integer> backlog(int loops, int window) {
        BatchLimits limits = new BatchLimits(300, 8, BatchCost.OF_ROWS);
        return new Backlog<>(new LaneSettings(100_000, limits, window, loops), new ArrivalOrderPolicy());
    }

    private static Submission<Integer, Integer> submission(List<Integer> units, long deadline, long now) {
        int[] sizes = units.stream().mapToInt(Integer::intValue).toArray();
        long total = IntStream.of(sizes).asLongStream().sum();
        return new Submission<>(units, sizes, total, Priority.INTERACTIVE, deadline, now, outcome -> {});
    }

    private static final class Schedule {
        private final long seed;
        private final Random random;
        private final Backlog<Integer, Integer> backlog;
        private final List<Submission<Integer, Integer>> alive = new ArrayList<>();
        private final List<List<FairQueue.Entry<Integer, Integer>>> running = new ArrayList<>();
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
            int[] sizes = units.stream().mapToInt(Integer::intValue).toArray();
            Submission<Integer, Integer> submission = new Submission<>(
                    units, sizes, IntStream.of(sizes).asLongStream().sum(), priority, deadline, now, outcome -> {});
            backlog.add(submission);
            alive.add(submission);
            ends.put(submission, 0);
        }

        private void form() {
            if (running.size() == loops || backlog.nothingWaits()) {
                return;
            }
            Backlog.Formed<Integer, Integer> formed = backlog.form(now, random.nextInt(loops));
            formed.late().forEach(this::ended);
            if (!formed.batch().isEmpty()) {
                running.add(formed.batch());
            }
        }

        private void finish() {
            if (running.isEmpty()) {
                return;
            }
            List<FairQueue.Entry<Integer, Integer>> batch = running.remove(random.nextInt(running.size()));
            int longest = 0;
            long units = 0;
            for (FairQueue.Entry<Integer, Integer> entry : batch) {
                longest = Math.max(longest, entry.units());
                units += entry.units();
            }
            long nanos = 1L + random.nextInt(100_000);
            backlog.finish(batch, Collections.nCopies(batch.size(), 0), units, longest, nanos)
                    .forEach(this::ended);
        }

        private void fail() {
            if (running.isEmpty()) {
                return;
            }
            for (FairQueue.Entry<Integer, Integer> entry : running.remove(random.nextInt(running.size()))) {
                if (backlog.fail(entry)) {
                    ended(entry.submission());
                }
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
            int onDevice = running.stream().mapToInt(List::size).sum();
            LaneState state = backlog.state();
            assertThat(List.of((long) state.queuedItems(), state.queuedUnits(), (long) state.runningItems()))
                    .as("waiting inputs and units, running inputs; seed %s", seed)
                    .containsExactly((long) waiting, units, (long) onDevice);
        }
    }
}
