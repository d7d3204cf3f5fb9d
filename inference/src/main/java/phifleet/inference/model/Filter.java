package phifleet.inference.model;

import java.util.function.DoubleUnaryOperator;

/** How a pixel of a resized image comes from those around its place. The names, numbers and curves are Pillow's. */
public enum Filter {
    NEAREST(0, x -> Math.abs(x) < 0.5 ? 1 : 0),
    LANCZOS(3, x -> -3 <= x && x < 3 ? sinc(x) * sinc(x / 3) : 0),
    BILINEAR(1, x -> Math.max(0, 1 - Math.abs(x))),
    BICUBIC(2, Filter::cubic),
    BOX(0.5, x -> -0.5 < x && x <= 0.5 ? 1 : 0),
    HAMMING(1, Filter::hamming);

    /** The free parameter of the cubic curve. */
    private static final double CUBIC = -0.5;

    private final double support;
    private final DoubleUnaryOperator weight;

    Filter(double support, DoubleUnaryOperator weight) {
        this.support = support;
        this.weight = weight;
    }

    /** How far it reaches to each side, in pixels of the larger image. */
    public double support() {
        return support;
    }

    /** The weight of a pixel at that distance. */
    public double weight(double distance) {
        return weight.applyAsDouble(distance);
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
