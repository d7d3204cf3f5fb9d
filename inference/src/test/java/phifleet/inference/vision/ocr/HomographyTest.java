package phifleet.inference.vision.ocr;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HomographyTest {
    private static final Quad CROOKED =
            new Quad(new Point(10, 20), new Point(110, 5), new Point(130, 60), new Point(0, 75));

    @Test
    void corners_goToCorners() {
        Homography onto = Homography.onto(CROOKED, 80, 40);

        assertThat(onto.of(0, 0).distance(CROOKED.topLeft())).isLessThan(1e-9);
        assertThat(onto.of(80, 0).distance(CROOKED.topRight())).isLessThan(1e-9);
        assertThat(onto.of(80, 40).distance(CROOKED.bottomRight())).isLessThan(1e-9);
        assertThat(onto.of(0, 40).distance(CROOKED.bottomLeft())).isLessThan(1e-9);
    }

    @Test
    void lines_stayLines() {
        Homography onto = Homography.onto(CROOKED, 80, 40);
        Point from = onto.of(8, 3);
        Point to = onto.of(72, 33);
        Point middle = onto.of(40, 18);

        double turn = (middle.x() - from.x()) * (to.y() - from.y()) - (middle.y() - from.y()) * (to.x() - from.x());
        assertThat(turn).isBetween(-1e-9, 1e-9);
    }

    @Test
    void cornersOnOneLine_giveAMapAllTheSame() {
        Point one = new Point(3, 3);
        Homography onto = Homography.onto(new Quad(one, one, one, one), 5, 5);

        assertThat(onto.of(2, 2)).isEqualTo(one);
    }
}
