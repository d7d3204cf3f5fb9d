package phifleet.inference.lane;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.Consumer;
import phifleet.inference.model.Model;
import phifleet.inference.model.Padding;
import phifleet.inference.model.WorkUnit;

/**
 * A device in simulated time, with the real admission, queue and batches: inputs are numbers of units, and a batch takes what its
 * work says, give or take what the machine does to it.
 */
final class SimulatedDevice {
    static final BatchCost COST = new BatchCost(16, 0.0005, Padding.IN_ATTENTION);
    /** Whoever takes a turn says what it gives. */
    static final Model<Integer, Integer> NOT_RUN = new Model<>() {
        @Override
        public List<Integer> run(List<Integer> batch) {
            throw new AssertionError("a model that is simulated was run");
        }

        @Override
        public void close() {}
    };

    static final BatchLimits BATCH = new BatchLimits(512, 512, COST);

    private final Random random;
    private double nanosPerUnit;
    private final int loops;
    private final boolean disturbed;
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    final DeviceLoops device;
    private long now = 1;
    private long sequence;
    private int busy;
    private double busyNanos;
    private final Map<Lane<?, ?>, Double> nanosOf = new HashMap<>();

    private record Event(long at, long sequence, Runnable what) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    /** A device on a machine that makes its batches a tenth slower or faster, and some five times as slow. */
    SimulatedDevice(Random random, int loops, double nanosPerUnit) {
        this(random, loops, nanosPerUnit, true);
    }

    /** @param nanosPerUnit of one loop, in truth */
    SimulatedDevice(Random random, int loops, double nanosPerUnit, boolean disturbed) {
        this.disturbed = disturbed;
        this.random = random;
        this.loops = loops;
        this.nanosPerUnit = nanosPerUnit;
        this.device = new DeviceLoops(loops, this::now);
    }

    Lane<Integer, Integer> lane(Duration queueLimit, double weight, double probedNanosPerUnit) {
        return lane(queueLimit, weight, probedNanosPerUnit, BATCH);
    }

    Lane<Integer, Integer> lane(Duration queueLimit, double weight, double probedNanosPerUnit, BatchLimits batch) {
        return device.open(
                "simulated",
                NOT_RUN,
                InputShape.of(WorkUnit.TOKENS, Integer::intValue),
                new LaneSettings(1L << 40, queueLimit, batch, 256, weight, Duration.ZERO, probedNanosPerUnit),
                new LengthAwarePolicy(),
                LaneObserver.NONE);
    }

    long now() {
        return now;
    }

    /** What becomes of its batches that start from now on. */
    void becomesSlower(double times) {
        nanosPerUnit *= times;
    }

    /** Units a second that the whole device does at its best. */
    double capacity() {
        return 1e9 * loops / nanosPerUnit * BATCH.units() / (BATCH.units() + COST.fixed());
    }

    /** The time in which loops ran batches, in nanoseconds of the whole device. */
    double busyNanos() {
        return busyNanos / loops;
    }

    /** The part of that time which was a lane's, from 0 to 1. */
    double share(Lane<?, ?> lane) {
        return nanosOf.getOrDefault(lane, 0.0) / busyNanos;
    }

    void at(long time, Runnable what) {
        events.add(new Event(Math.max(time, now), sequence++, what));
    }

    void after(double nanos, Runnable what) {
        at(now + (long) nanos, what);
    }

    /** Calls again and again, by a Poisson process, until a time. */
    void arrivals(double perSecond, long until, Runnable arrival) {
        after(-Math.log(1 - random.nextDouble()) / perSecond * 1e9, () -> {
            if (now < until) {
                arrival.run();
                arrivals(perSecond, until, arrival);
            }
        });
    }

    /** Lets time pass until nothing is left to happen, or until that time. */
    void run(long until) {
        startTurns();
        while (!events.isEmpty() && events.peek().at() <= until) {
            Event event = events.poll();
            now = event.at();
            event.what().run();
            startTurns();
        }
        if (until != Long.MAX_VALUE) {
            now = Math.max(now, until);
        }
    }

    private void startTurns() {
        while (busy < loops) {
            Turn<?, ?> turn = device.poll();
            if (turn == null) {
                return;
            }
            start(turn);
        }
    }

    @SuppressWarnings("unchecked") // all lanes here are of whole numbers
    private void start(Turn<?, ?> turn) {
        Turn<Integer, Integer> own = (Turn<Integer, Integer>) turn;
        Formed<Integer, Integer> formed = own.formed();
        own.lane().tellOf(formed);
        if (formed.batch().isEmpty()) {
            return;
        }
        double work = COST.fixed();
        for (Entry<Integer, Integer> entry : formed.batch()) {
            work += COST.work(1, entry.units(), formed.longest());
        }
        double noise = disturbed ? 0.9 + 0.2 * random.nextDouble() + (random.nextInt(200) == 0 ? 4 : 0) : 1;
        long start = now;
        busy++;
        busyNanos += work * nanosPerUnit * noise;
        nanosOf.merge(own.lane(), work * nanosPerUnit * noise, Double::sum);
        after(work * nanosPerUnit * noise, () -> {
            busy--;
            own.lane().finish(formed, Collections.nCopies(formed.batch().size(), 0), start, 1);
            own.lane().leaveLoop(formed);
        });
    }

    /** What became of the submissions of one kind. */
    final class Tally implements Consumer<Outcome<Integer>> {
        final List<Double> seconds = new ArrayList<>();
        int accepted;
        int refused;
        int expired;

        Admission submit(Lane<Integer, Integer> lane, List<Integer> inputs, Priority priority, long deadline) {
            return submit(lane, inputs, priority, deadline, () -> {});
        }

        Admission submit(
                Lane<Integer, Integer> lane, List<Integer> inputs, Priority priority, long deadline, Runnable then) {
            long start = now;
            Admission admission = lane.submit(inputs, priority, deadline, outcome -> {
                accept(outcome);
                if (outcome instanceof Outcome.Completed<Integer>) {
                    seconds.add((now - start) / 1e9);
                }
                then.run();
            });
            if (admission instanceof Admission.Accepted) {
                accepted++;
            } else {
                refused++;
            }
            return admission;
        }

        @Override
        public void accept(Outcome<Integer> outcome) {
            expired += outcome instanceof Outcome.Expired<Integer> ? 1 : 0;
        }

        double quantile(double share) {
            List<Double> sorted = seconds.stream().sorted().toList();
            return sorted.isEmpty()
                    ? 0
                    : sorted.get((int) Math.min(sorted.size() - 1L, (long) (share * sorted.size())));
        }
    }

    Tally tally() {
        return new Tally();
    }
}
