package phifleet.common;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FleetHeadersTest {
    @Test
    void deviceMillis_readBack_isTheTimeToTheMicrosecond() {
        assertThat(FleetHeaders.deviceMillis(12_345_678)).isEqualTo("12.345");
        assertThat(FleetHeaders.deviceNanos("12.345")).isEqualTo(12_345_000);
        assertThat(FleetHeaders.deviceNanos(FleetHeaders.deviceMillis(0))).isZero();
    }

    @Test
    void deviceNanos_noTime_isNone() {
        assertThat(FleetHeaders.deviceNanos(null)).isNegative();
        assertThat(FleetHeaders.deviceNanos("soon")).isNegative();
        assertThat(FleetHeaders.deviceNanos("-1")).isNegative();
        assertThat(FleetHeaders.deviceNanos("NaN")).isNegative();
        assertThat(FleetHeaders.deviceNanos("1e300")).isNegative();
    }
}
