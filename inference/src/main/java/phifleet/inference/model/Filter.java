package phifleet.inference.model;

/** How a pixel of a resized image comes from those around its place. The names, numbers and curves are Pillow's. */
public enum Filter {
    NEAREST(0),
    LANCZOS(3),
    BILINEAR(1),
    BICUBIC(2),
    BOX(0.5),
    HAMMING(1);

    /** The free parameter of the cubic curve. */
    private static final double CUBIC = -0.5;

    private final double support;

    Filter(double support) {
        this.support = support;
    }

    /** How far it reaches to each side, in pixels of the larger image; 0 where pixels are not mixed at all. */
    public double support() {
        return support;
    }

    /** The weight of a pixel at that distance. */
    public double weight(double distance) {
        return switch (this) {
            case NEAREST, BOX -> -0.5 < distance && distance <= 0.5 ? 1 : 0;
            case LANCZOS -> -3 <= distance && distance < 3 ? sinc(distance) * sinc(distance / 3) : 0;
            case BILINEAR -> Math.max(0, 1 - Math.abs(distance));
            case BICUBIC -> cubic(distance);
            case HAMMING -> hamming(distance);
        };
    }

    private static double sinc(double x) {
        return x == 0 ? 1 : Math.sin(x * Math.PI) / (x * Math.PI);
    }

    private static double cubic(double distance) {
        double x = Math.abs(distance);
        if (x < 1) {
            return ((CUBIC + 2) * x - (CUBIC + 3)) * x * x + 1;
        }
        return x < 2 ? (((x - 5) * x + 8) * x - 4) * CUBIC : 0;
    }

    private static double hamming(double distance) {
        double x = Math.abs(distance);
        if (x == 0) {
            return 1;
        }
        return x < 1 ? Math.sin(x * Math.PI) / (x * Math.PI) * (0.54 + 0.46 * Math.cos(x * Math.PI)) : 0;
    }
}
