package phifleet.inference.vision.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import phifleet.inference.vision.decode.Image;

/** Beside OpenCV's {@code resize} with {@code INTER_LINEAR}. */
class LinearResizeTest {
    private static final Image IMAGE =
            new Image(3, 2, bytes(10, 20, 30, 200, 100, 0, 0, 255, 17, 90, 80, 70, 5, 6, 7, 255, 0, 128));

    private static byte[] bytes(int... values) {
        byte[] bytes = new byte[values.length];
        for (int i = 0; i < values.length; i++) {
            bytes[i] = (byte) values[i];
        }
        return bytes;
    }

    private static void assertNear(Image found, int... wanted) {
        assertThat(found.rgb()).hasSize(wanted.length);
        for (int i = 0; i < wanted.length; i++) {
            assertThat(Math.abs((found.rgb()[i] & 0xFF) - wanted[i]))
                    .as("value %d", i)
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void resize_toMore_isBetweenTheFourNearest() {
        assertNear(
                LinearResize.of(IMAGE, 5, 3),
                10,
                20,
                30,
                86,
                52,
                18,
                200,
                100,
                0,
                80,
                193,
                10,
                0,
                255,
                17,
                50,
                50,
                50,
                71,
                51,
                31,
                103,
                53,
                4,
                117,
                98,
                45,
                128,
                128,
                73,
                90,
                80,
                70,
                56,
                50,
                45,
                5,
                6,
                7,
                155,
                2,
                80,
                255,
                0,
                128);
    }

    @Test
    void resize_toLess_looksAtFourPixelsAlone() {
        assertNear(LinearResize.of(IMAGE, 2, 1), 63, 51, 38, 121, 109, 55);
    }

    @Test
    void resize_toTheSame_isTheImage() {
        assertThat(LinearResize.of(IMAGE, 3, 2)).isSameAs(IMAGE);
    }
}
