package phifleet.gateway.demand;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class FleetDemandTest {
    private static final DemandSettings SETTINGS = DemandSettings.DEFAULT;
    private static final double COST = 0.02;
    private static final long SEED = 7;
    private static final int SEEDS = 20;

    private static VirtualFleet fleet(DemandSettings settings, int gateways) {
        return new VirtualFleet(settings, gateways, COST, 2, SEED);
    }

    /** Of so few and so many workers, down after a minute, asleep after a rest. */
    private static DemandSettings within(int min, int max, Duration idle) {
        return new DemandSettings(
                min, max, 0.7, Duration.ofSeconds(10), Duration.ofSeconds(60), idle, Duration.ofSeconds(30));
    }

    @Test
    void decide_stepOfLoad_isAnsweredWithinTwoSecondsDoublingAtMost() {
        VirtualFleet fleet = fleet(SETTINGS, 1);
        fleet.run(400, at -> 0.5);
        assertThat(fleet.wanted()).isOne();

        fleet.run(2, at -> 3);
        assertThat(fleet.wanted()).isBetween(5, 6);
        fleet.run(10, at -> 3);
        assertThat(fleet.wanted()).isBetween(5, 6);
        assertThat(fleet.sizes).startsWith(1, 2, 4);
    }

    @Test
    void decide_stepOfLoadOfManySeeds_isAnsweredWithinTwoSeconds() {
        for (int seed = 0; seed < SEEDS; seed++) {
            VirtualFleet fleet = new VirtualFleet(SETTINGS, 1, COST, 2, seed);
            // By chance a second worker may have been asked for within the last minutes.
            fleet.run(400, at -> 0.5);

            fleet.run(2, at -> 3);
            // 3 device-seconds a second at 0.7 are 4.3 workers.
            assertThat(fleet.wanted()).as("seed %d", seed).isBetween(5, 6);
            fleet.run(10, at -> 3);
            assertThat(fleet.wanted()).as("seed %d", seed).isBetween(5, 6);
            assertThat(IntStream.range(1, fleet.sizes.size()))
                    .as("seed %d: %s", seed, fleet.sizes)
                    .allMatch(i -> fleet.sizes.get(i) <= 2 * fleet.sizes.get(i - 1));
        }
    }

    @Test
    void decide_loadOfManySizes_isWithinAWorkerOfWhatItNeeds() {
        for (double load : new double[] {0.3, 1, 2.5, 5}) {
            VirtualFleet fleet = fleet(SETTINGS, 1);
            fleet.follows = true;
            fleet.run(700, at -> load);

            double needed = load / SETTINGS.target();
            assertThat((double) fleet.wanted()).as("load %s", load).isBetween(needed - 0.1, needed + 2);
        }
    }

    @Test
    void decide_noise_doesNotFlap() {
        VirtualFleet fleet = fleet(SETTINGS, 1);
        fleet.follows = true;
        fleet.run(1_200, at -> 1.4);
        fleet.sizes.clear();

        fleet.run(3_600, at -> 1.4);
        // At the edge of two sizes chance may ask for one more now and then, and no more than that.
        assertThat(fleet.sizes.size()).isLessThanOrEqualTo(4);
        assertThat(fleet.sizes).allMatch(size -> size >= 2 && size <= 3);
    }

    @Test
    void decide_swingOfAThirdEachTwentySeconds_changesTheSizeTwiceAtMostInTenMinutes() {
        for (double mean : new double[] {0.7, 1.5, 3, 6}) {
            assertThat(changesInASwing(mean, SEED)).as("changes at %s", mean).isLessThanOrEqualTo(2);
        }
    }

    @Test
    void decide_swingOfManySeeds_changesTheSizeTwiceAtMostInTenMinutes() {
        for (double mean : new double[] {0.7, 1.5, 3}) {
            for (int seed = 0; seed < SEEDS; seed++) {
                assertThat(changesInASwing(mean, seed))
                        .as("changes at %s, seed %d", mean, seed)
                        .isLessThanOrEqualTo(2);
            }
        }
        // At nine workers one is 11 %, and chance has a say.
        long more = IntStream.range(0, SEEDS)
                .filter(seed -> changesInASwing(6, seed) > 2)
                .count();
        assertThat(more).isLessThanOrEqualTo(SEEDS / 5);
    }

    private static int changesInASwing(double mean, long seed) {
        VirtualFleet fleet = new VirtualFleet(SETTINGS, 1, COST, 2, seed);
        fleet.follows = true;
        fleet.run(700, at -> mean);
        fleet.sizes.clear();
        fleet.run(600, at -> mean * (at % 40 < 20 ? 1.3 : 0.7));
        return fleet.sizes.size() - 1;
    }

    @Test
    void decide_loadGone_shrinksOnceItWasNotNeededForLong() {
        VirtualFleet fleet = fleet(SETTINGS, 1);
        fleet.follows = true;
        fleet.run(400, at -> 3);
        int before = fleet.wanted();
        fleet.sizes.clear();

        fleet.run(250, at -> 0.2);
        assertThat(fleet.wanted()).isGreaterThanOrEqualTo(Math.min(before, 5));
        fleet.run(100, at -> 0.2);
        assertThat(fleet.wanted()).isOne();
        assertThat(fleet.sizes).as("in one step").containsExactly(before, 1);
    }

    @Test
    void decide_nothingAskedForLong_sleepsAndWakesWithTheNextRequest() {
        VirtualFleet fleet = fleet(within(0, 8, Duration.ofMinutes(2)), 1);
        fleet.follows = true;
        fleet.run(100, at -> 0.3);

        fleet.run(110, at -> 0);
        assertThat(fleet.wanted()).isOne();
        fleet.run(15, at -> 0);
        assertThat(fleet.wanted()).isZero();
        assertThat(fleet.gateways.getFirst().latest().reason()).contains("asleep");

        assertThat(fleet.gateways.getFirst().latest().wakefulness()).isEqualTo(Wakefulness.ASLEEP);

        assertThat(fleet.gateways.getFirst().isToWake()).isFalse();

        fleet.follows = false;
        fleet.run(0.2, at -> 0.5);
        assertThat(fleet.gateways.getFirst().isToWake())
                .as("a request waits, and none has decided yet")
                .isTrue();
        fleet.run(0.05, at -> 0);
        assertThat(fleet.gateways.getFirst().isToWake()).isFalse();
        assertThat(fleet.gateways.getFirst().latest().reason()).startsWith("woken");
        fleet.run(1, at -> 10);
        assertThat(fleet.wanted()).isPositive();
        assertThat(fleet.gateways.getFirst().latest().wakefulness()).isEqualTo(Wakefulness.WAKING);
        assertThat(fleet.gateways.getFirst().meter().waiting()).isPositive();

        fleet.run(31, at -> 0);
        assertThat(fleet.gateways.getFirst().latest().wakefulness())
                .as("nobody came")
                .isEqualTo(Wakefulness.AWAKE);
    }

    @Test
    void decide_mayNotSleep_keepsTheLeast() {
        VirtualFleet fleet = fleet(within(2, 8, Duration.ofMinutes(1)), 1);
        fleet.run(300, at -> 0);

        assertThat(fleet.wanted()).isEqualTo(2);
    }

    @Test
    void decide_refusedWork_counts() {
        VirtualFleet fleet = new VirtualFleet(SETTINGS, 1, COST, 0.1, SEED);
        fleet.run(60, at -> 4);

        assertThat(fleet.refused).isPositive();
        Terms terms = fleet.gateways.getFirst().latest().terms();
        assertThat(terms.asked()).isBetween(3.5, 4.6);
        assertThat(fleet.wanted()).isBetween(5, 7);
    }

    @Test
    void decide_moreThanMayBe_staysAtTheMost() {
        VirtualFleet fleet = fleet(within(1, 3, Duration.ofMinutes(1)), 1);
        fleet.run(30, at -> 6);

        assertThat(fleet.wanted()).isEqualTo(3);
        assertThat(fleet.gateways.getFirst().latest().reason()).contains("3 is the most");
    }

    @Test
    void decide_twoGateways_eachWantsWhatTheFleetNeeds() {
        VirtualFleet fleet = fleet(SETTINGS, 2);
        fleet.follows = true;
        fleet.run(400, at -> 3);

        for (FleetDemand gateway : fleet.gateways) {
            assertThat(gateway.latest().wanted()).isBetween(4, 6);
            assertThat(gateway.latest().terms().asked()).isBetween(1.2, 1.9);
            assertThat(gateway.latest().terms().others()).isBetween(1.2, 1.9);
        }
    }

    @Test
    void decide_fewRequestsOfANewKind_areNoRateOfThatSize() {
        long[] now = {1};
        FleetDemand demand = new FleetDemand(SETTINGS, new DemandMeter(), () -> now[0]);
        for (int tick = 0; tick < 40; tick++) {
            now[0] += 500_000_000;
            demand.decide(List.of(), 1);
        }
        for (int i = 0; i < 4; i++) {
            OpenRequest counted = demand.meter().arrived(VirtualFleet.KIND);
            counted.took(500_000_000);
            counted.end();
        }
        now[0] += 500_000_000;

        assertThat(demand.decide(List.of(), 1).terms().asked()).isBetween(0.19, 0.21);
    }

    @Test
    void decide_gatewayThatHasJustStarted_shrinksNothing() {
        FleetDemand demand = new FleetDemand(SETTINGS, new DemandMeter(), () -> 1);

        assertThat(demand.decide(List.of(), 0).wanted()).isOne();
        assertThat(demand.decide(List.of(), 6).wanted()).isEqualTo(6);
        assertThat(demand.latest().mayShrink()).isFalse();
    }

    @Test
    void decide_workerThatIsNeverIdleAndGivesLess_lowersTheCapacity() {
        long[] now = {1};
        FleetDemand demand = new FleetDemand(SETTINGS, new DemandMeter(), () -> now[0]);
        for (int second = 0; second < 60; second++) {
            now[0] += 1_000_000_000;
            demand.decide(List.of(new WorkerWord("w", second * 0.5, 3, now[0])), 1);
        }

        assertThat(demand.latest().terms().capacity()).isBetween(0.49, 0.55);
    }
}
