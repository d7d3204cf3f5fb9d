package phifleet.benchmark.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SimulationTest {
    private static final long SEED = 3;

    @Test
    void run_sameSeed_isTheSameRun() {
        Trace trace = Trace.poisson(1.5, 120);

        assertThat(Simulation.run(Scene.USUAL, trace, SEED)).isEqualTo(Simulation.run(Scene.USUAL, trace, SEED));
        assertThat(Simulation.run(Scene.USUAL, trace, SEED)).isNotEqualTo(Simulation.run(Scene.USUAL, trace, SEED + 1));
    }

    @Test
    void run_steadyLoad_settlesAndLosesNothing() {
        Simulated done = Simulation.run(Scene.USUAL, Trace.poisson(3, 900), SEED);

        assertThat(done.lost() + done.refused()).isZero();
        assertThat(done.p99()).isLessThan(110);
        assertThat(done.changes()).isLessThanOrEqualTo(4);
    }

    @Test
    void run_swing_changesTheSizeSeldom() {
        Simulated done = Simulation.run(Scene.USUAL, Trace.swing(3, 900), SEED);

        assertThat(done.lost() + done.refused()).isZero();
        assertThat(done.changes()).isLessThanOrEqualTo(3);
    }

    @Test
    void run_flashCrowd_isServedByTwiceTheHoursOfOneWhoKnew() {
        Trace trace = Trace.flashCrowd(0.5, 6, 1_500);
        Simulated done = Simulation.run(Scene.USUAL, trace, SEED);
        Simulated known = Simulation.runKnowing(Scene.USUAL, trace, SEED);

        assertThat(known.lost() + known.refused()).isZero();
        // Until workers have started, what comes is more than there is; after that none is refused.
        double comes = 6 * Scene.USUAL.cost().most();
        assertThat((double) done.refused()).isLessThan(comes * (Scene.USUAL.startSeconds() * 2 + 4));
        assertThat(done.lost()).isZero();
        assertThat(done.workerHours()).isBetween(known.workerHours() * 0.7, known.workerHours() * 2);
    }

    @Test
    void run_day_costsLittleMoreThanKnowing() {
        Trace trace = Trace.diurnal(0.3, 6, 7_200);
        Simulated done = Simulation.run(Scene.USUAL, trace, SEED);
        Simulated known = Simulation.runKnowing(Scene.USUAL, trace, SEED);

        assertThat(done.lost() + done.refused()).isZero();
        assertThat(done.p99()).isLessThan(200);
        assertThat(done.workerHours()).isLessThan(known.workerHours() * 2);
    }

    @Test
    void run_fourGateways_wantWhatOneWants() {
        Trace trace = Trace.poisson(3, 600);
        Simulated one = Simulation.run(Scene.USUAL, trace, SEED);
        Simulated four = Simulation.run(Scene.USUAL.withGateways(4), trace, SEED);

        assertThat(four.lost()).isZero();
        assertThat(four.workerHours()).isBetween(one.workerHours() * 0.75, one.workerHours() * 1.35);
    }
}
