package phifleet.gateway.demand;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import phifleet.gateway.demand.WorkerWorth.Held;

class WorkerWorthTest {
    @Test
    void of_aModel_isWhatIsAskedWhileItIsLoadedElsewhere() {
        assertThat(WorkerWorth.of(0, List.of(new Held(0.5, 4, 1)))).isEqualTo(200);
        assertThat(WorkerWorth.of(0, List.of(new Held(0.5, 8, 1)))).isEqualTo(400);
        assertThat(WorkerWorth.of(0, List.of(new Held(0.5, 4, 1), new Held(0.1, 10, 1))))
                .isEqualTo(300);
    }

    @Test
    void of_aModelThatOthersHold_isItsPart() {
        assertThat(WorkerWorth.of(0, List.of(new Held(0.5, 4, 4)))).isEqualTo(50);
    }

    @Test
    void of_requestsInFlight_putsThoseInOrderThatHoldTheSame() {
        assertThat(WorkerWorth.of(7, List.of(new Held(0, 4, 1)))).isEqualTo(7);
        assertThat(WorkerWorth.of(0, List.of())).isZero();
    }

    @Test
    void of_numbersThatCannotBe_staysOneThatCan() {
        assertThat(WorkerWorth.of(-3, List.of(new Held(-1, 4, 0)))).isZero();
        assertThat(WorkerWorth.of(1, List.of(new Held(1e300, 1e300, 1)))).isEqualTo(Integer.MAX_VALUE);
        assertThat(WorkerWorth.of(1, List.of(new Held(Double.NaN, 1, 1)))).isZero();
    }
}
