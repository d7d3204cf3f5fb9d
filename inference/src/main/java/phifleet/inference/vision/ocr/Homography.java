package phifleet.inference.vision.ocr;

/**
 * The projective map that takes a rectangle to four corners (P. Heckbert, "Fundamentals of Texture Mapping and Image Warping", 1989,
 * section 2.2.3). Where there is none, since three of them lie on one line, the fourth corner is left out.
 */
record Homography(double a, double b, double c, double d, double e, double f, double g, double h) {

    /** Takes (0, 0) to the left upper corner and (width, height) to the right lower one. */
    static Homography onto(Quad quad, double width, double height) {
        Point p = quad.topLeft();
        Point q = quad.topRight();
        Point r = quad.bottomRight();
        Point s = quad.bottomLeft();
        double x1 = q.x() - r.x();
        double y1 = q.y() - r.y();
        double x2 = s.x() - r.x();
        double y2 = s.y() - r.y();
        double x3 = p.x() - q.x() + r.x() - s.x();
        double y3 = p.y() - q.y() + r.y() - s.y();
        double area = x1 * y2 - x2 * y1;
        double g = Math.abs(area) < 1e-9 ? 0 : (x3 * y2 - x2 * y3) / area;
        double h = Math.abs(area) < 1e-9 ? 0 : (x1 * y3 - x3 * y1) / area;
        return new Homography(
                (q.x() - p.x() + g * q.x()) / width,
                (s.x() - p.x() + h * s.x()) / height,
                p.x(),
                (q.y() - p.y() + g * q.y()) / width,
                (s.y() - p.y() + h * s.y()) / height,
                p.y(),
                g / width,
                h / height);
    }

    /** Where a place comes to; not finite where that is at the horizon. */
    Point of(double x, double y) {
        double depth = g * x + h * y + 1;
        return new Point((a * x + b * y + c) / depth, (d * x + e * y + f) / depth);
    }
}
