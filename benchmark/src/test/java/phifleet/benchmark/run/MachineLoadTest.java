package phifleet.benchmark.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MachineLoadTest {
    @Test
    void busySeconds_leavesOutIdleAndWaitingAndGuests() {
        assertThat(MachineLoad.busySeconds("cpu  100 20 30 9999 888 1 2 47 5 5"))
                .isEqualTo(2);
    }
}
