package phifleet.inference.vision.decode;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class UprightCopyTest {
    /** More than a tile each way, and no multiple of one. */
    private static final int WIDTH = 150;

    private static final int HEIGHT = 37;

    /** EXIF's own words: which edge of the scene the first stored row and column are (CIPA DC-008, 4.6.5.1.6). */
    private static int[] stored(Orientation orientation, int x, int y) {
        return switch (orientation) {
            case UPRIGHT -> new int[] {x, y};
            case MIRRORED -> new int[] {WIDTH - 1 - x, y};
            case UPSIDE_DOWN -> new int[] {WIDTH - 1 - x, HEIGHT - 1 - y};
            case MIRRORED_UPSIDE_DOWN -> new int[] {x, HEIGHT - 1 - y};
            case TRANSPOSED -> new int[] {y, x};
            case TURNED_LEFT -> new int[] {y, HEIGHT - 1 - x};
            case TRANSVERSED -> new int[] {WIDTH - 1 - y, HEIGHT - 1 - x};
            case TURNED_RIGHT -> new int[] {WIDTH - 1 - y, x};
        };
    }

    @ParameterizedTest
    @EnumSource
    void upright_pictureOfManyTiles_hasEachPixelInItsPlace(Orientation orientation) {
        byte[] rgb = new byte[3 * WIDTH * HEIGHT];
        new Random(1).nextBytes(rgb);

        Image upright = orientation.upright(new Image(WIDTH, HEIGHT, rgb));

        assertThat(upright.width()).isEqualTo(orientation.turns() ? HEIGHT : WIDTH);
        assertThat(upright.height()).isEqualTo(orientation.turns() ? WIDTH : HEIGHT);
        byte[] wanted = new byte[rgb.length];
        for (int y = 0; y < upright.height(); y++) {
            for (int x = 0; x < upright.width(); x++) {
                int[] from = stored(orientation, x, y);
                System.arraycopy(rgb, 3 * (from[1] * WIDTH + from[0]), wanted, 3 * (y * upright.width() + x), 3);
            }
        }
        assertThat(upright.rgb()).isEqualTo(wanted);
    }
}
