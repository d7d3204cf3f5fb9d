package phifleet.inference.vision.ocr;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;

/** From the top to the bottom, and of what is as high from the left to the right. */
final class ReadingOrder {
    /** Boxes whose left upper corners are so near in height stand in one row, in pixels. */
    private static final double ONE_ROW = 10;

    private ReadingOrder() {}

    static List<Quad> of(List<Quad> boxes) {
        List<Quad> sorted = new ArrayList<>(boxes);
        sorted.sort(Comparator.<Quad>comparingDouble(box -> box.topLeft().y())
                .thenComparingDouble(box -> box.topLeft().x()));
        for (int i = 1; i < sorted.size(); i++) {
            for (int j = i; j > 0 && isBefore(sorted.get(j), sorted.get(j - 1)); j--) {
                Collections.swap(sorted, j, j - 1);
            }
        }
        return List.copyOf(sorted);
    }

    private static boolean isBefore(Quad box, Quad other) {
        return Math.abs(box.topLeft().y() - other.topLeft().y()) < ONE_ROW
                && box.topLeft().x() < other.topLeft().x();
    }
}
