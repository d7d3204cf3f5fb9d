package phifleet.inference.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * What admission promises is kept, on simulated devices of any speed, with a probe that was wrong by up to a factor of two and
 * a machine that holds a batch up now and then. A failure names its seed, and {@code -Dpromise.seed=…} runs that alone;
 * {@code -Dpromise.seeds=…} asks for more of them.
 */
class AdmissionPromiseTest {
    private static final int SEEDS = Integer.getInteger("promise.seeds", 60);
    private static final int MEAN_TEXT = 64;
    private static final long NO_DEADLINE = Long.MAX_VALUE;
    private static final long SECOND = 1_000_000_000L;

    private interface Trial {
        void run(long seed);
    }

    private static void trials(int count, Trial trial) {
        Long given = Long.getLong("promise.seed");
        long first = given == null ? System.nanoTime() : given;
        System.out.println("promises of admission: seeds from " + first);
        for (long seed = first; seed < first + (given == null ? count : 1); seed++) {
            trial.run(seed);
        }
    }

    /** Nanoseconds a unit of one loop: a batch takes up to 30 ms. */
    private static double pace(Random random) {
        return Math.exp(random.nextDouble(Math.log(20e3), Math.log(60e3)));
    }

    /** What a probe said of it on a busy machine. */
    private static double wrong(Random random, double pace) {
        return pace * Math.pow(2, random.nextDouble(-1, 1));
    }

    private static Duration nanos(double seconds) {
        return Duration.ofNanos((long) (seconds * SECOND));
    }

    private static List<Integer> texts(Random random, int count) {
        return random.ints(count, 8, 120).boxed().toList();
    }

    /** Accepted work of all trials: where the machine holds up several batches of one, more than 1 % of its own may be late. */
    private static final class Kept {
        private long accepted;
        private long late;
        private double worked;
        private int trials;

        void trial(SimulatedDevice.Tally tally, double mostSeconds, double utilisation) {
            accepted += tally.seconds.size();
            late += tally.seconds.stream()
                    .filter(seconds -> seconds > mostSeconds)
                    .count();
            worked += utilisation;
            trials++;
        }
    }

    /** Ten times the capacity in small submissions and some long ones. */
    @Test
    void overload_acceptedInteractiveWork_endsWithinTheBound() {
        Kept kept = new Kept();
        trials(SEEDS, seed -> {
            Random random = new Random(seed * 0x9E3779B97F4A7C15L);
            Random load = new Random(~seed);
            double pace = pace(random);
            SimulatedDevice device = new SimulatedDevice(random, 1 + random.nextInt(3), pace);
            double bound = 0.7 + random.nextDouble();
            Lane<Integer, Integer> lane = device.lane(nanos(bound), 1, wrong(random, pace));
            SimulatedDevice.Tally usual = device.tally();
            SimulatedDevice.Tally small = device.tally();
            SimulatedDevice.Tally large = device.tally();
            double perSecond = device.capacity() / MEAN_TEXT / 1.5;
            long start = SECOND / 2;
            long end = (long) ((1.5 + 2 * bound) * SECOND);
            Supplier<List<Integer>> texts = () -> texts(load, 1 + load.nextInt(2));
            device.arrivals(
                    0.5 * perSecond, start, () -> usual.submit(lane, texts.get(), Priority.INTERACTIVE, NO_DEADLINE));
            device.run(start);
            double busyBefore = device.busyNanos();
            device.arrivals(
                    10 * perSecond, end, () -> small.submit(lane, texts.get(), Priority.INTERACTIVE, NO_DEADLINE));
            if (random.nextBoolean()) {
                device.arrivals(1, end, () -> large.submit(lane, texts(load, 300), Priority.INTERACTIVE, NO_DEADLINE));
            }
            device.run(end);
            double utilisation = (device.busyNanos() - busyBefore) / (end - start);
            device.run(Long.MAX_VALUE);
            // One that the machine holds up takes five times as long.
            double batch = (SimulatedDevice.BATCH.units() + SimulatedDevice.COST.fixed()) * pace / SECOND;
            kept.trial(small, 1.2 * bound + 5 * batch, utilisation);
            assertThat(small.quantile(0.95))
                    .as("95 %% of accepted ones, seed %s", seed)
                    .isLessThanOrEqualTo(1.5 * bound + 5 * batch);
            assertThat(utilisation).as("the device works, seed %s", seed).isGreaterThan(0.97);
            assertThat(small.refused).as("refused, seed %s", seed).isGreaterThan(small.accepted);

            // A second after it all is as before.
            SimulatedDevice.Tally after = device.tally();
            long normal = device.now() + SECOND;
            device.arrivals(
                    0.5 * perSecond, normal, () -> after.submit(lane, texts.get(), Priority.INTERACTIVE, NO_DEADLINE));
            device.run(Long.MAX_VALUE);
            assertThat(after.refused).as("refused afterwards, seed %s", seed).isZero();
        });
        if (kept.trials > 1) {
            assertThat((double) kept.late / kept.accepted).as("late of all").isLessThan(0.01);
            assertThat(kept.worked / kept.trials).as("the devices work").isGreaterThan(0.99);
        }
    }

    /** The load comes with what makes the device slower: its clients take cores, or another model has begun to run. */
    @Test
    void overload_ofADeviceThatBecomesSlower_endsWithinTheBound() {
        Kept kept = new Kept();
        trials(SEEDS, seed -> {
            Random random = new Random(seed * 0x9E3779B97F4A7C15L);
            Random load = new Random(~seed);
            double pace = pace(random);
            SimulatedDevice device = new SimulatedDevice(random, 1 + random.nextInt(3), pace);
            double bound = 2 + 2 * random.nextDouble();
            Lane<Integer, Integer> lane = device.lane(nanos(bound), 1, pace);
            SimulatedDevice.Tally usual = device.tally();
            SimulatedDevice.Tally small = device.tally();
            double perSecond = device.capacity() / MEAN_TEXT / 1.5;
            Supplier<List<Integer>> texts = () -> texts(load, 1 + load.nextInt(2));
            long start = 3 * SECOND;
            device.arrivals(
                    0.5 * perSecond, start, () -> usual.submit(lane, texts.get(), Priority.INTERACTIVE, NO_DEADLINE));
            device.run(start);
            double slower = 2 + random.nextDouble();
            device.becomesSlower(slower);
            long end = start + (long) (2 * bound * SECOND);
            double busyBefore = device.busyNanos();
            device.arrivals(
                    (1 + 2 * random.nextDouble()) * perSecond,
                    end,
                    () -> small.submit(lane, texts.get(), Priority.INTERACTIVE, NO_DEADLINE));
            device.run(end);
            double utilisation = (device.busyNanos() - busyBefore) / (end - start);
            device.run(Long.MAX_VALUE);
            double batch = slower * (SimulatedDevice.BATCH.units() + SimulatedDevice.COST.fixed()) * pace / SECOND;
            kept.trial(small, 1.2 * bound + 5 * batch, utilisation);
        });
        if (kept.trials > 1) {
            assertThat((double) kept.late / kept.accepted).as("late of all").isLessThan(0.01);
            assertThat(kept.worked / kept.trials).as("the devices work").isGreaterThan(0.97);
        }
    }

    /** Work is taken only if its deadline can be kept, and hardly any of it ends late. */
    @Test
    void overload_acceptedWorkWithDeadlines_meetsThem() {
        trials(SEEDS, seed -> {
            Random random = new Random(seed * 0x9E3779B97F4A7C15L);
            Random load = new Random(~seed);
            double pace = pace(random);
            SimulatedDevice device = new SimulatedDevice(random, 1 + random.nextInt(3), pace);
            Lane<Integer, Integer> lane = device.lane(nanos(100), 1, pace);
            SimulatedDevice.Tally tally = device.tally();
            long end = 3 * SECOND;
            device.arrivals(4 * device.capacity() / MEAN_TEXT / 1.5, end, () -> {
                long timeout = (long) ((0.3 + 1.5 * load.nextDouble()) * SECOND);
                tally.submit(lane, texts(load, 1 + load.nextInt(2)), Priority.INTERACTIVE, device.now() + timeout);
            });
            device.run(Long.MAX_VALUE);
            assertThat(tally.refused).as("refused, seed %s", seed).isGreaterThan(tally.accepted);
            assertThat(tally.expired / (double) tally.accepted)
                    .as("late, seed %s", seed)
                    .isLessThan(0.03);
        });
    }

    /** Once the time of a Retry-After is over, the same submission is taken, if nothing else came. */
    @Test
    void retryAfter_nothingElseComes_isTrue() {
        trials(SEEDS, seed -> {
            Random random = new Random(seed * 0x9E3779B97F4A7C15L);
            double pace = pace(random);
            SimulatedDevice device = new SimulatedDevice(random, 1 + random.nextInt(3), pace, false);
            Lane<Integer, Integer> lane = device.lane(nanos(0.5), 1, pace);
            SimulatedDevice.Tally tally = device.tally();
            Admission.Overloaded refusal = null;
            List<Integer> texts = List.of();
            while (refusal == null) {
                texts = texts(random, 1 + random.nextInt(3));
                Admission admission = tally.submit(lane, texts, Priority.INTERACTIVE, NO_DEADLINE);
                refusal = admission instanceof Admission.Overloaded overloaded ? overloaded : null;
                device.run(device.now());
            }
            double batch = (SimulatedDevice.BATCH.units() + SimulatedDevice.COST.fixed()) * pace;
            // What runs is counted as if it had just begun, so a wait is true to a batch.
            device.run(device.now() + refusal.retryAfter().toNanos() + (long) (2 * batch));
            assertThat(tally.submit(lane, texts, Priority.INTERACTIVE, NO_DEADLINE))
                    .as("after %s, seed %s", refusal, seed)
                    .isInstanceOf(Admission.Accepted.class);
            device.run(Long.MAX_VALUE);
        });
    }

    /** Clients with one text at a time, each with a pause between, beside one with 2,048: what they wait is bounded. */
    @Test
    void longSubmission_besideSingleTexts_delaysThemLittle() {
        trials(SEEDS / 4, seed -> {
            double without = singles(seed, 0);
            double with = singles(seed, 1);
            assertThat(with)
                    .as("99 %% of the singles, alone %s, seed %s", without, seed)
                    .isLessThan(2 * without);
        });
    }

    private static double singles(long seed, int bulks) {
        Random random = new Random(seed * 0x9E3779B97F4A7C15L);
        double pace = pace(random);
        SimulatedDevice device = new SimulatedDevice(random, 2, pace, false);
        Lane<Integer, Integer> lane = device.lane(nanos(10), 1, pace);
        SimulatedDevice.Tally singles = device.tally();
        SimulatedDevice.Tally bulk = device.tally();
        long end = 10 * SECOND;
        Random load = new Random(~seed);
        for (int i = 0; i < 8; i++) {
            again(device, lane, singles, load, 1, end);
        }
        for (int i = 0; i < bulks; i++) {
            again(device, lane, bulk, load, 2048, end);
        }
        device.run(end);
        assertThat(bulk.refused).as("refused of the long ones, seed %s", seed).isZero();
        return singles.quantile(0.99);
    }

    private static void again(
            SimulatedDevice device,
            Lane<Integer, Integer> lane,
            SimulatedDevice.Tally tally,
            Random load,
            int texts,
            long end) {
        if (device.now() < end) {
            tally.submit(
                    lane,
                    texts(load, texts),
                    Priority.INTERACTIVE,
                    NO_DEADLINE,
                    () -> device.after(1e6, () -> again(device, lane, tally, load, texts, end)));
        }
    }
}
