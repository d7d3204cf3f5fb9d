package phifleet.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class GrpcTimeoutTest {

    @ParameterizedTest
    @CsvSource({
        "1H,PT1H",
        "2M,PT2M",
        "30S,PT30S",
        "250m,PT0.25S",
        "99999999n,PT0.099999999S",
        "7u,PT0.000007S",
        "0m,PT0S"
    })
    void timeout_isDigitsAndAUnit(String text, Duration time) {
        assertThat(GrpcTimeout.read(text)).contains(time);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "m", "123456789m", "-1m", "1.5S", "1s", "1 S", "٣S"})
    void timeout_ofAnotherForm_isNone(String text) {
        assertThat(GrpcTimeout.read(text)).isEmpty();
    }
}
