package phifleet.http.json;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Utf8Test {
    @ParameterizedTest
    @CsvSource({
        "80, 0",
        "61ff, 1",
        "c080, 0",
        "c1bf, 0",
        "c3, 0",
        "c328, 0",
        "e080af, 0",
        "e282, 0",
        "e28228, 2",
        "eda080, 0",
        "f08080af, 0",
        "f09f98, 0",
        "f0908028, 3",
        "f4908080, 0",
        "f5808080, 0",
        "616161616161616161e9, 9"
    })
    void firstInvalid_illFormed_isItsPlace(String hex, int place) {
        assertThat(Utf8.firstInvalid(HexFormat.of().parseHex(hex))).isEqualTo(place);
    }

    @Test
    void firstInvalid_everyCodePoint_isNone() {
        StringBuilder all = new StringBuilder();
        for (int c = 0; c <= Character.MAX_CODE_POINT; c++) {
            if (c < Character.MIN_SURROGATE || c > Character.MAX_SURROGATE) {
                all.appendCodePoint(c);
            }
        }
        assertThat(Utf8.firstInvalid(all.toString().getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(-1);
    }

    @Test
    void firstInvalid_randomBytes_agreesWithTheJdk() {
        Random random = new Random(3);
        byte[] palette = HexFormat.of().parseHex("00617f80bfc0c2c3dfe0e2ed9fa0eff090f48f98");
        for (int i = 0; i < 200_000; i++) {
            byte[] bytes = new byte[random.nextInt(12)];
            for (int k = 0; k < bytes.length; k++) {
                bytes[k] = palette[random.nextInt(palette.length)];
            }
            assertThat(Utf8.firstInvalid(bytes) < 0).isEqualTo(jdkReads(bytes));
        }
    }

    private static boolean jdkReads(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException e) {
            return false;
        }
    }
}
