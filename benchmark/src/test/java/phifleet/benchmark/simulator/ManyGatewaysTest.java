package phifleet.benchmark.simulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import org.junit.jupiter.api.Test;

class ManyGatewaysTest {
    private static final double SECONDS = 60;
    private static final long SEED = 7;

    private static Simulated run(int gateways, Balancing balancing) {
        return ManyGateways.run(gateways, balancing, SECONDS, SEED);
    }

    @Test
    void run_oneGateway_knowsAllByItsOwnCounts() {
        Simulated own = run(1, Balancing.LEAST);
        assertThat(own.lost() + own.refused()).isZero();
        assertThat(run(1, Balancing.TOLD).p99()).isCloseTo(own.p99(), withinPercentage(10));
    }

    @Test
    void run_fewGateways_thatGoByAnswers_allCrowdTheSameWorkers() {
        assertThat(run(4, Balancing.TOLD).p99())
                .isGreaterThan(run(4, Balancing.LEAST).p99() * 1.2);
    }

    @Test
    void run_sixteenGateways_loseLittleByTheirOwnCounts() {
        Simulated one = run(1, Balancing.LEAST);
        Simulated many = run(16, Balancing.LEAST);
        assertThat(many.lost() + many.refused()).isZero();
        assertThat(many.p99()).isBetween(one.p99(), one.p99() * 1.5);
    }
}
