package phifleet.inference.vision.ocr;

/** A place in an image, in pixels from its left upper one. */
public record Point(double x, double y) {

    double distance(Point other) {
        return Math.hypot(x - other.x, y - other.y);
    }
}
