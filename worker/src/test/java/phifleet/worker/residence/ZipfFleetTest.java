package phifleet.worker.residence;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.worker.residence.ZipfFleet.Outcome;
import phifleet.worker.residence.ZipfFleet.Setup;

class ZipfFleetTest {
    /** With one gateway, and with several whose words of the workers are of different moments. */
    @ParameterizedTest
    @ValueSource(ints = {1, 4})
    void thousandModels_onWorkersThatHoldAFifth_hitNearlyAsOftenAsTheBestFixedChoice(int gateways) {
        Outcome outcome = ZipfFleet.run(Setup.USUAL.ofWorkers(8, gateways), 1);
        assertThat(outcome.served()).as("none is lost").isEqualTo(outcome.asked());
        assertThat((double) outcome.hits() / outcome.best()).as("%s", outcome).isGreaterThanOrEqualTo(0.9);
        assertThat(outcome.twice()).as("%s", outcome).isLessThan(outcome.loads() / 50);
    }

    @Test
    void sameSeed_isTheSameRun() {
        Setup small = new Setup(100, 2, 10, 2, 1.1, 20, 60, 30);
        assertThat(ZipfFleet.run(small, 5)).isEqualTo(ZipfFleet.run(small, 5));
        assertThat(ZipfFleet.run(small, 5)).isNotEqualTo(ZipfFleet.run(small, 6));
    }
}
