package phifleet.inference.vision.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConvexHullTest {
    @Test
    void hull_ofAGrid_isItsFourCorners() {
        List<Point> grid = new ArrayList<>();
        for (int x = 0; x < 5; x++) {
            for (int y = 0; y < 4; y++) {
                grid.add(new Point(x, y));
            }
        }

        assertThat(ConvexHull.of(grid))
                .containsExactlyInAnyOrder(new Point(0, 0), new Point(4, 0), new Point(4, 3), new Point(0, 3));
    }

    @Test
    void hull_ofPointsOnALine_isItsEnds() {
        assertThat(ConvexHull.of(List.of(new Point(1, 1), new Point(3, 3), new Point(2, 2), new Point(1, 1))))
                .containsExactlyInAnyOrder(new Point(1, 1), new Point(3, 3));
    }

    @Test
    void hull_ofOnePoint_isThatPoint() {
        assertThat(ConvexHull.of(List.of(new Point(2, 3), new Point(2, 3)))).containsExactly(new Point(2, 3));
    }
}
