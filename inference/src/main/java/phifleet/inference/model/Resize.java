package phifleet.inference.model;

/** How an image gets the size that a model takes. */
public sealed interface Resize {

    /** Left as it is. */
    record None() implements Resize {}

    /** To that size, whatever becomes of its proportions. */
    record Stretch(int width, int height) implements Resize {
        public Stretch {
            requireSide(width);
            requireSide(height);
        }
    }

    /** The shorter side to that size, the longer one in proportion. */
    record ShortestSide(int size, Rounding rounding) implements Resize {
        public ShortestSide {
            requireSide(size);
        }

        public int other(int shorter, int longer) {
            double exact = (double) size * longer / shorter;
            return switch (rounding) {
                case ROUND -> (int) Math.rint(exact);
                case TRUNCATE -> (int) exact;
            };
        }
    }

    /**
     * As large as fits, and the rest of the input in one grey.
     *
     * @param anchor where it lies
     * @param pad the value of the channels outside of it, 0 to 255
     * @param enlarge whether an image that is smaller than the input grows
     */
    record Letterbox(int width, int height, Anchor anchor, int pad, Rounding rounding, boolean enlarge)
            implements Resize {
        public Letterbox {
            requireSide(width);
            requireSide(height);
            if (pad < 0 || pad > 255) {
                throw new IllegalArgumentException("pad must be 0 to 255, not " + pad);
            }
        }
    }

    /** What becomes of a part of a pixel: the nearest number, of two the even one, or the lower one. */
    enum Rounding {
        ROUND,
        TRUNCATE
    }

    /** Where a letterboxed image lies. */
    enum Anchor {
        CENTER,
        TOP_LEFT
    }

    /** The longest side that a model's input may be set to. */
    int MOST = 16_384;

    private static void requireSide(int side) {
        if (side < 1 || side > MOST) {
            throw new IllegalArgumentException("a side must be 1 to " + MOST + " pixels, not " + side);
        }
    }
}
