package phifleet.inference.vision.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.FloatBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class TextBoxesTest {
    private static final int WIDTH = 320;
    private static final int HEIGHT = 160;

    private final float[] map = new float[WIDTH * HEIGHT];

    private void fill(int left, int top, int right, int bottom, float value) {
        for (int y = top; y < bottom; y++) {
            for (int x = left; x < right; x++) {
                map[y * WIDTH + x] = value;
            }
        }
    }

    private List<Quad> boxes(int pageWidth, int pageHeight) {
        return TextBoxes.of(new ProbabilityMap(FloatBuffer.wrap(map), WIDTH, HEIGHT), pageWidth, pageHeight);
    }

    private static Quad quad(double... xy) {
        return new Quad(
                new Point(xy[0], xy[1]), new Point(xy[2], xy[3]), new Point(xy[4], xy[5]), new Point(xy[6], xy[7]));
    }

    /** RapidOCR rounds corners twice on the way. */
    private static void assertNear(Quad found, Quad wanted) {
        for (int i = 0; i < 4; i++) {
            assertThat(found.corners().get(i).distance(wanted.corners().get(i)))
                    .as("%s beside %s", found, wanted)
                    .isLessThan(5);
        }
    }

    /** The boxes that RapidOCR 1.4.4 makes of the same map. */
    @Test
    void boxes_ofLines_areThoseOfRapidOcr_inTheOrderOfReading() {
        fill(30, 20, 130, 30, 0.9f);
        double cos = Math.cos(Math.toRadians(20));
        double sin = Math.sin(Math.toRadians(20));
        for (int y = 0; y < HEIGHT; y++) {
            for (int x = 0; x < WIDTH; x++) {
                int right = x - 200;
                int down = y - 90;
                if (Math.abs(right * cos + down * sin) <= 60 && Math.abs(down * cos - right * sin) <= 7) {
                    map[y * WIDTH + x] = 0.8f;
                }
            }
        }
        fill(20, 100, 60, 108, 0.45f);
        fill(20, 130, 60, 132, 0.9f);
        fill(10, 140, 40, 150, 0.7f);
        fill(60, 140, 90, 150, 0.7f);

        List<Quad> found = boxes(2 * WIDTH, 2 * HEIGHT);

        assertThat(found).hasSize(4);
        assertNear(found.get(0), quad(46, 26, 274, 26, 274, 74, 46, 74));
        assertNear(found.get(1), quad(278, 96, 548, 195, 522, 264, 252, 165));
        assertNear(found.get(2), quad(8, 268, 92, 268, 92, 312, 8, 312));
        assertNear(found.get(3), quad(108, 268, 192, 268, 192, 312, 108, 312));
    }

    @Test
    void boxAtTheBorder_endsThere() {
        fill(0, 0, WIDTH, 20, 0.9f);

        assertThat(boxes(WIDTH, HEIGHT)).hasSize(1).allSatisfy(box -> {
            assertThat(box.topLeft()).isEqualTo(new Point(0, 0));
            assertThat(box.bottomRight().x()).isEqualTo(WIDTH - 1.0);
        });
    }

    @Test
    void boxesOfOneRow_areReadFromTheLeft_thoughTheRightOneStandsHigher() {
        fill(200, 40, 300, 50, 0.9f);
        fill(20, 46, 120, 56, 0.9f);

        assertThat(boxes(WIDTH, HEIGHT))
                .extracting(box -> box.topLeft().x() < 100)
                .containsExactly(true, false);
    }

    @Test
    void mapOfNothing_hasNoBoxes() {
        assertThat(boxes(WIDTH, HEIGHT)).isEmpty();
    }
}
