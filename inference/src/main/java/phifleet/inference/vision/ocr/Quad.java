package phifleet.inference.vision.ocr;

import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;

/** Four corners around a line of text, clockwise from the left upper one as the image is seen. */
public record Quad(Point topLeft, Point topRight, Point bottomRight, Point bottomLeft) {

    /** Of corners in any order: the two further to the left are the left ones. */
    static Quad of(List<Point> corners) {
        List<Point> byX =
                corners.stream().sorted(Comparator.comparingDouble(Point::x)).toList();
        Point first = byX.get(0);
        Point second = byX.get(1);
        Point third = byX.get(2);
        Point fourth = byX.get(3);
        boolean firstIsUpper = second.y() > first.y();
        boolean thirdIsUpper = fourth.y() > third.y();
        return new Quad(
                firstIsUpper ? first : second,
                thirdIsUpper ? third : fourth,
                thirdIsUpper ? fourth : third,
                firstIsUpper ? second : first);
    }

    /** In the order of the record. */
    public List<Point> corners() {
        return List.of(topLeft, topRight, bottomRight, bottomLeft);
    }

    /** Another one, corner by corner. */
    Quad with(UnaryOperator<Point> change) {
        return new Quad(
                change.apply(topLeft), change.apply(topRight), change.apply(bottomRight), change.apply(bottomLeft));
    }

    /** The longer of its upper and its lower side, in whole pixels, 1 at least. */
    int width() {
        return Math.max(1, (int) Math.max(topLeft.distance(topRight), bottomRight.distance(bottomLeft)));
    }

    /** The longer of its left and its right side, likewise. */
    int height() {
        return Math.max(1, (int) Math.max(topLeft.distance(bottomLeft), topRight.distance(bottomRight)));
    }
}
