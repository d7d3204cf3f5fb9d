package phifleet.inference.vision.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.Tensor;
import phifleet.inference.vision.decode.Image;

/** Beside what RapidOCR 1.4.4 cuts out with OpenCV and gives to its networks. */
class TextLineTest {
    private static final int[][] PLACES = {{0, 0, 0}, {0, 24, 50}, {1, 24, 50}, {2, 40, 100}, {1, 47, 20}, {0, 10, 130}
    };

    private static Image page() {
        byte[] rgb = new byte[3 * 100 * 60];
        for (int i = 0; i < 100 * 60; i++) {
            int x = i % 100;
            int y = i / 100;
            rgb[3 * i] = (byte) (x + y);
            rgb[3 * i + 1] = (byte) (4 * y);
            rgb[3 * i + 2] = (byte) (2 * x);
        }
        return new Image(100, 60, rgb);
    }

    private static TextLine line(double... xy) {
        return new TextLine(
                page(),
                new Quad(
                        new Point(xy[0], xy[1]),
                        new Point(xy[2], xy[3]),
                        new Point(xy[4], xy[5]),
                        new Point(xy[6], xy[7])),
                false);
    }

    private static double at(Tensor tensor, int channel, int row, int column) {
        int columns = Math.toIntExact(tensor.shape().get(3));
        return tensor.number((channel * TextLine.HEIGHT + row) * columns + column);
    }

    private static void assertNear(Tensor found, double... wanted) {
        assertThat(found.shape()).isEqualTo(List.of(1L, 3L, 48L, 320L));
        for (int i = 0; i < wanted.length; i++) {
            assertThat(at(found, PLACES[i][0], PLACES[i][1], PLACES[i][2]))
                    .as("place %d", i)
                    .isCloseTo(wanted[i], within(0.012));
        }
    }

    @Test
    void straightLine_isCutOut() {
        assertNear(
                line(10, 10, 90, 10, 90, 34, 10, 34).forReading(), -0.8431, -0.4588, -0.3176, -0.302, 0.0353, 0.1686);
    }

    @Test
    void skewedLine_isMadeStraight_andFilledUpWithNothing() {
        assertNear(line(20, 8, 80, 20, 77, 44, 15, 30).forReading(), -0.6863, -0.3647, -0.2627, -0.2157, -0.0196, 0);
    }

    @Test
    void highLine_isSeenFromTheSide() {
        assertNear(
                line(40, 2, 56, 2, 56, 58, 40, 58).forReading(), -0.1373, -0.2549, -0.4275, -0.3961, -0.7412, -0.1843);
    }

    @Test
    void upsideDown_isTheSameFromTheOtherEnd() {
        TextLine line = line(10, 10, 90, 10, 90, 34, 10, 34);
        Tensor upright = line.forReading();
        Tensor turned = line.upsideDown().forReading();

        assertThat(at(turned, 0, 0, 0)).isCloseTo(at(upright, 0, 47, 159), within(1e-6));
        assertThat(at(turned, 1, 30, 20)).isCloseTo(at(upright, 1, 17, 139), within(1e-6));
        assertThat(line.upsideDown().upsideDown()).isEqualTo(line);
    }

    @Test
    void forDirection_ofALongLine_isSqueezed() {
        Tensor found = line(0, 10, 99, 10, 99, 20, 0, 20).forDirection();

        assertThat(found.shape()).isEqualTo(List.of(1L, 3L, 48L, 192L));
        assertThat(at(found, 0, 20, 191)).isGreaterThan(0.5);
    }

    @Test
    void widths_areAFew_andBounded() {
        assertThat(line(0, 0, 10, 0, 10, 50, 0, 50).width()).isEqualTo(320);
        assertThat(line(0, 0, 99, 0, 99, 13, 0, 13).width()).isEqualTo(384);
        assertThat(line(0, 0, 99_000, 0, 99_000, 1, 0, 1).width()).isEqualTo(TextLine.MOST_WIDTH);
        assertThat(line(5, 5, 5, 5, 5, 5, 5, 5).forReading().shape()).isEqualTo(List.of(1L, 3L, 48L, 320L));
    }
}
