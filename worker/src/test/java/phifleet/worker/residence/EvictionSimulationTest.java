package phifleet.worker.residence;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The policy in virtual time: more models than there is room for, asked for as words are in a language, and all of a sudden in
 * another order.
 */
class EvictionSimulationTest {
    private static final int MODELS = 60;
    private static final int ROOM = 12;
    private static final long BYTES = 100_000_000;
    private static final int REQUESTS = 100_000;
    private static final double ZIPF = 1.1;
    private static final double PER_SECOND = 5;
    private static final Duration LOAD = Duration.ofMillis(100);
    private static final Duration DRAIN = Duration.ofMillis(20);

    /** After a change of taste it takes so long until anybody can know. */
    private static final Duration GRACE = Duration.ofMinutes(2);

    /** One worker, whose loads are made one after another. */
    private static final class Simulation {
        private final Random random;
        private final AtomicLong clock = new AtomicLong();
        private final Popularity popularity = new Popularity(clock::get);
        private final EvictionPolicy policy = new EvictionPolicy(popularity::perSecond);
        private final Map<String, EvictionPolicy.Resident> residents = new LinkedHashMap<>();
        private final Map<String, Integer> waiting = new HashMap<>();
        private final Deque<String> wanted = new ArrayDeque<>();
        private final Map<String, Long> loadedAt = new HashMap<>();
        private final List<Double> cumulated = new ArrayList<>();
        private List<String> order = new ArrayList<>();
        private long loadEnds = -1;
        private long drainEnds = -1;
        private long later = -1;
        private int going;
        private int served;
        private int loads;
        private int most;
        private long longestWait;
        private final Map<String, Long> waitsSince = new HashMap<>();

        Simulation(long seed) {
            random = new Random(seed);
            double sum = 0;
            for (int rank = 1; rank <= MODELS; rank++) {
                order.add("m" + rank);
                sum += Math.pow(rank, -ZIPF);
                cumulated.add(sum);
            }
        }

        private String next() {
            double at = random.nextDouble() * cumulated.getLast();
            int rank = 0;
            while (cumulated.get(rank) < at) {
                rank++;
            }
            return order.get(rank);
        }

        void shuffle() {
            List<String> other = new ArrayList<>(order);
            Collections.shuffle(other, random);
            order = other;
        }

        boolean isOfTheBest(String model) {
            return order.indexOf(model) < ROOM;
        }

        /** Whether it found its model loaded. */
        boolean request(String model) {
            if (residents.containsKey(model)) {
                popularity.asked(model, 1);
                served++;
                return true;
            }
            if (waiting.merge(model, 1, Integer::sum) == 1) {
                wanted.add(model);
                waitsSince.put(model, clock.get());
            }
            return false;
        }

        String draw() {
            clock.addAndGet((long) (-Math.log(1 - random.nextDouble()) / PER_SECOND * 1e9));
            return next();
        }

        /** Lets everything happen that was due before now. */
        void catchUp() {
            long now = clock.get();
            while (true) {
                long event = nextEvent();
                if (event < 0 || event > now) {
                    clock.set(now);
                    return;
                }
                clock.set(event);
                step(event);
            }
        }

        private long nextEvent() {
            if (drainEnds >= 0) {
                return drainEnds;
            }
            if (loadEnds >= 0) {
                return loadEnds;
            }
            return wanted.isEmpty() ? -1 : Math.max(later, waitsSince.getOrDefault(wanted.element(), 0L));
        }

        private void step(long now) {
            if (drainEnds >= 0) {
                drainEnds = -1;
                going = 0;
            } else if (loadEnds >= 0) {
                String model = wanted.remove();
                loadEnds = -1;
                residents.put(model, new EvictionPolicy.Resident(model, BYTES, LOAD, now, false));
                most = Math.max(most, residents.size());
                loads++;
                Long before = loadedAt.put(model, now);
                assertThat(before == null || now - before > EvictionPolicy.LEAST_STAYS * LOAD.toNanos())
                        .as("%s was loaded at %s and again at %s", model, before, now)
                        .isTrue();
                longestWait = Math.max(longestWait, now - Objects.requireNonNull(waitsSince.remove(model)));
                int all = Objects.requireNonNull(waiting.remove(model));
                popularity.asked(model, all);
                served += all;
                return;
            }
            switch (policy.room(BYTES, ROOM * BYTES, going * BYTES, List.copyOf(residents.values()), now)) {
                case EvictionPolicy.Room.Free() -> loadEnds = now + LOAD.toNanos();
                case EvictionPolicy.Room.After(List<String> leaving) -> {
                    leaving.forEach(residents::remove);
                    going = leaving.size();
                    drainEnds = now + DRAIN.toNanos();
                }
                case EvictionPolicy.Room.Later(long nanos) -> later = now + nanos;
                case EvictionPolicy.Room.Never(long mostBytes) -> throw new AssertionError("never: " + mostBytes);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void zipf_shuffledHalfway_hitsAsOftenAsTheBestFixedChoice(long seed) {
        Simulation simulation = new Simulation(seed);
        int hits = 0;
        int best = 0;
        long changed = 0;
        for (int i = 0; i < REQUESTS; i++) {
            if (i == REQUESTS / 2) {
                simulation.shuffle();
                changed = simulation.clock.get();
            }
            String model = simulation.draw();
            simulation.catchUp();
            boolean hit = simulation.request(model);
            if (simulation.clock.get() - changed > GRACE.toNanos()) {
                hits += hit ? 1 : 0;
                best += simulation.isOfTheBest(model) ? 1 : 0;
            }
        }
        simulation.clock.addAndGet(Duration.ofMinutes(1).toNanos());
        simulation.catchUp();
        double ratio = (double) hits / best;
        assertThat(simulation.served).as("none is lost").isEqualTo(REQUESTS);
        assertThat(simulation.most).isEqualTo(ROOM);
        assertThat(ratio)
                .as(
                        "of the best fixed %d's hits, by %d loads, the longest wait %d ms",
                        ROOM, simulation.loads, simulation.longestWait / 1_000_000)
                .isGreaterThanOrEqualTo(0.95);
    }

    @Test
    void twoThatTakeTurns_neverGoBeforeTheyHaveStayed() {
        AtomicLong clock = new AtomicLong();
        EvictionPolicy policy = new EvictionPolicy(new Popularity(clock::get)::perSecond);
        EvictionPolicy.Resident first = new EvictionPolicy.Resident("first", 10, Duration.ofSeconds(2), 0, false);
        assertThat(policy.room(10, 10, 0, List.of(first), 1_000_000_000L))
                .isEqualTo(new EvictionPolicy.Room.Later(5_000_000_000L));
        assertThat(policy.room(10, 10, 0, List.of(first), 6_000_000_000L))
                .isEqualTo(new EvictionPolicy.Room.After(List.of("first")));
    }
}
