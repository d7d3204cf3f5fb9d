package phifleet.inference.vision.ocr;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** The corners of the least convex polygon around points, by Andrew's monotone chain: as long as it takes to sort them. */
final class ConvexHull {
    private ConvexHull() {}

    /** In the order of its border; one point, or two, where they lie in one place or on one line. */
    static List<Point> of(List<Point> points) {
        List<Point> sorted = points.stream()
                .distinct()
                .sorted(Comparator.comparingDouble(Point::x).thenComparingDouble(Point::y))
                .toList();
        if (sorted.size() < 3) {
            return sorted;
        }
        List<Point> hull = chain(sorted);
        hull.addAll(chain(sorted.reversed()));
        return hull;
    }

    /** Half of the border, without its end. */
    private static List<Point> chain(List<Point> points) {
        List<Point> chain = new ArrayList<>();
        for (Point point : points) {
            while (chain.size() > 1 && turn(chain.get(chain.size() - 2), chain.getLast(), point) <= 0) {
                chain.removeLast();
            }
            chain.add(point);
        }
        chain.removeLast();
        return chain;
    }

    private static double turn(Point from, Point by, Point to) {
        return (by.x() - from.x()) * (to.y() - from.y()) - (by.y() - from.y()) * (to.x() - from.x());
    }
}
