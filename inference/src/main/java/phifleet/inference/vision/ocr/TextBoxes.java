package phifleet.inference.vision.ocr;

import java.util.ArrayList;
import java.util.List;

/**
 * From a map of what is text to the boxes of its lines: the network was trained to mark the middle of each line, shrunk by a rule of its
 * area, so that lines that are near each other stay apart (differentiable binarisation, https://arxiv.org/abs/1911.08947). The rule is turned
 * round here. The numbers are those of RapidOCR 1.4.4, whose models come with them.
 */
final class TextBoxes {
    /** Regions that are looked at; more than any page has lines. */
    static final int MOST = 1000;

    /** The least mean of the map within a region's rectangle: {@code box_thresh}. */
    private static final double LEAST_MEAN = 0.5;

    /** By how much of its area to its border a rectangle is grown: {@code unclip_ratio}. */
    private static final double UNCLIP = 1.6;

    /** The shortest side of a region, in pixels of the map. */
    private static final double LEAST_SIDE = 3;

    private TextBoxes() {}

    /**
     * In the order in which they are read, in whole pixels of a page.
     *
     * @param pageWidth of what the map is of, in pixels
     */
    static List<Quad> of(ProbabilityMap map, int pageWidth, int pageHeight) {
        List<Quad> boxes = new ArrayList<>();
        int looked = 0;
        for (List<Point> region : TextRegions.of(map)) {
            RotatedBox core = RotatedBox.around(ConvexHull.of(region));
            if (core.shorterSide() < LEAST_SIDE) {
                continue;
            }
            if (looked++ == MOST) {
                break;
            }
            RotatedBox whole = core.unclipped(UNCLIP);
            if (map.mean(core.quad()) < LEAST_MEAN || whole.shorterSide() < LEAST_SIDE + 2) {
                continue;
            }
            Quad box = onPage(whole.quad(), map, pageWidth, pageHeight);
            if ((int) box.topLeft().distance(box.topRight()) > LEAST_SIDE
                    && (int) box.topLeft().distance(box.bottomLeft()) > LEAST_SIDE) {
                boxes.add(box);
            }
        }
        return ReadingOrder.of(boxes);
    }

    private static Quad onPage(Quad quad, ProbabilityMap map, int pageWidth, int pageHeight) {
        double across = (double) pageWidth / map.width();
        double down = (double) pageHeight / map.height();
        return Quad.of(quad.with(corner -> new Point(
                        Math.clamp(Math.rint(corner.x() * across), 0, pageWidth - 1),
                        Math.clamp(Math.rint(corner.y() * down), 0, pageHeight - 1)))
                .corners());
    }
}
