package phifleet.inference.vision.ocr;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RotatedBoxTest {
    private static Point at(double degrees, double x, double y) {
        double radians = Math.toRadians(degrees);
        return new Point(
                50 + x * Math.cos(radians) - y * Math.sin(radians), 60 + x * Math.sin(radians) + y * Math.cos(radians));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 7, 30, -30, 44, 80, 90, 135})
    void around_aRectangle_isThatRectangle(double degrees) {
        List<Point> corners =
                List.of(at(degrees, -20, -5), at(degrees, 20, -5), at(degrees, 20, 5), at(degrees, -20, 5));

        RotatedBox box = RotatedBox.around(ConvexHull.of(corners));

        assertThat(box.area()).isCloseTo(400, within(1e-6));
        assertThat(box.shorterSide()).isCloseTo(10, within(1e-6));
        assertThat(box.centre().distance(new Point(50, 60))).isLessThan(1e-9);
        for (Point corner : box.quad().corners()) {
            assertThat(corners).anyMatch(one -> one.distance(corner) < 1e-9);
        }
    }

    @Test
    void unclipped_growsByAreaOverBorder_onEverySide() {
        RotatedBox box = RotatedBox.around(
                ConvexHull.of(List.of(new Point(0, 0), new Point(40, 0), new Point(40, 10), new Point(0, 10))));

        RotatedBox grown = box.unclipped(1.6);

        assertThat(grown.quad().topLeft().distance(new Point(-6.4, -6.4))).isLessThan(1e-9);
        assertThat(grown.quad().bottomRight().distance(new Point(46.4, 16.4))).isLessThan(1e-9);
    }

    @Test
    void around_aLineOrAPoint_hasNoBreadth() {
        assertThat(RotatedBox.around(List.of(new Point(1, 1), new Point(4, 5))).shorterSide())
                .isCloseTo(0, within(1e-9));
        assertThat(RotatedBox.around(List.of(new Point(1, 1))).area()).isZero();
    }
}
