package phifleet.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FloatDecimalTest {
    private static final byte[] BUFFER = new byte[FloatDecimal.MAX_LENGTH];

    private static String write(float value) {
        return new String(BUFFER, 0, FloatDecimal.write(value, BUFFER, 0), StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @CsvSource({
        "0.0, 0.0",
        "-0.0, -0.0",
        "1.0, 1.0",
        "-12.0, -12.0",
        "10.0, 10.0",
        "0.1, 0.1",
        "0.12345678, 0.12345678",
        "-0.034567891, -0.034567893",
        "0.00012, 0.00012",
        "0.000012, 0.000012",
        "0.0000012, 1.2E-6",
        "16777216, 16777216.0",
        "123456789, 123456790.0",
        "1e9, 1.0E9",
        "1e10, 1.0E10",
        "3.4028235e38, 3.4028235E38",
        "1.17549435e-38, 1.1754944E-38",
        "1.4e-45, 1.4E-45",
        "9.8e-45, 9.8E-45"
    })
    void write_knownValues_hasTheirDigits(String value, String expected) {
        assertThat(write(Float.parseFloat(value))).isEqualTo(expected);
    }

    @Test
    void write_everyExponentAndManyFractions_readsBackAndIsAsShortAsTheJdks() {
        Random random = new Random(42);
        for (int exponent = 0; exponent < 255; exponent++) {
            check(exponent << 23);
            check((exponent << 23) + 1);
            check((exponent << 23) | 0x7fffff);
            for (int i = 0; i < 4000; i++) {
                check((exponent << 23) | random.nextInt(1 << 23));
            }
        }
    }

    private static void check(int bits) {
        float value = Float.intBitsToFloat(bits);
        String written = write(value);
        if (Float.floatToRawIntBits(Float.parseFloat(written)) != bits
                || digits(written) != digits(Float.toString(value))) {
            assertThat(written).as("bits %08x", bits).isEqualTo(Float.toString(value));
        }
    }

    /** Significant digits without zeros at either end. */
    private static int digits(String decimal) {
        int exponent = decimal.indexOf('E');
        return (exponent < 0 ? decimal : decimal.substring(0, exponent))
                .replace(".", "")
                .replace("-", "")
                .replaceAll("^0+|0+$", "")
                .length();
    }
}
