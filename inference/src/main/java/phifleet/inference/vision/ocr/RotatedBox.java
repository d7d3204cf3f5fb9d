package phifleet.inference.vision.ocr;

import java.util.List;

/**
 * A rectangle that may stand at any angle.
 *
 * @param centre its middle
 * @param along one of its directions, of length one
 * @param length in that direction
 * @param breadth across it
 */
record RotatedBox(Point centre, Point along, double length, double breadth) {

    /** The one of least area around a convex polygon; a side of the polygon lies on one of its own. */
    static RotatedBox around(List<Point> hull) {
        RotatedBox best = around(hull, new Point(1, 0));
        for (int i = 0; i < hull.size(); i++) {
            Point from = hull.get(i);
            Point to = hull.get((i + 1) % hull.size());
            double side = from.distance(to);
            if (side > 0) {
                RotatedBox box = around(hull, new Point((to.x() - from.x()) / side, (to.y() - from.y()) / side));
                // What is as small, but for rounding, changes nothing: a box that stands straight stays so.
                best = box.area() < best.area() * (1 - 1e-9) ? box : best;
            }
        }
        return best;
    }

    private static RotatedBox around(List<Point> hull, Point along) {
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        double leastAcross = Double.POSITIVE_INFINITY;
        double mostAcross = Double.NEGATIVE_INFINITY;
        for (Point point : hull) {
            double on = point.x() * along.x() + point.y() * along.y();
            double across = point.y() * along.x() - point.x() * along.y();
            least = Math.min(least, on);
            most = Math.max(most, on);
            leastAcross = Math.min(leastAcross, across);
            mostAcross = Math.max(mostAcross, across);
        }
        double on = (least + most) / 2;
        double across = (leastAcross + mostAcross) / 2;
        return new RotatedBox(
                new Point(on * along.x() - across * along.y(), on * along.y() + across * along.x()),
                along,
                most - least,
                mostAcross - leastAcross);
    }

    double area() {
        return length * breadth;
    }

    double shorterSide() {
        return Math.min(length, breadth);
    }

    /** By as much on every side, which is what offsetting its border comes to once a rectangle is put around that again. */
    RotatedBox grown(double distance) {
        return new RotatedBox(centre, along, length + 2 * distance, breadth + 2 * distance);
    }

    /** By as much as its area has it: what a detector marks of a line is its middle, shrunk by the same rule. */
    RotatedBox unclipped(double ratio) {
        return grown(area() * ratio / (2 * (length + breadth)));
    }

    Quad quad() {
        return Quad.of(List.of(corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)));
    }

    private Point corner(int on, int across) {
        double x = on * length / 2;
        double y = across * breadth / 2;
        return new Point(centre.x() + x * along.x() - y * along.y(), centre.y() + x * along.y() + y * along.x());
    }
}
