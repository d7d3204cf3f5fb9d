package phifleet.inference.model;

import java.util.Optional;

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
     * The shorter side to that size, unless the longer one would pass its own; in proportion.
     *
     * @param shortest size of the shorter side
     * @param longest the most that the longer side gets
     * @param rounding what becomes of the shorter side where the longer one decides
     * @param multiple what both sides are multiples of at the end
     */
    record Edges(int shortest, int longest, Rounding rounding, Multiple multiple) implements Resize {
        public Edges {
            requireSide(shortest);
            requireSide(longest);
        }
    }

    /** As large as fits into so much, in proportion, and no larger. */
    record Within(int width, int height) implements Resize {
        public Within {
            requireSide(width);
            requireSide(height);
        }
    }

    /**
     * To that size in multiples, each side to the nearest.
     *
     * @param keepsProportions whether both sides are scaled by the one of the two factors that changes the image less
     * @param multiple of so many pixels, 1 where they may be any number
     */
    record Fitted(int width, int height, boolean keepsProportions, int multiple) implements Resize {
        public Fitted {
            requireSide(width);
            requireSide(height);
            requireSide(multiple);
        }
    }

    /**
     * The image in the left upper corner of an input of one size; the rest of that has zeros for numbers, whatever colour they mean.
     *
     * @param image what gives the image its size, which must fit
     */
    record Padded(Resize image, int width, int height) implements Resize {
        public Padded {
            requireSide(width);
            requireSide(height);
            Bounds most = image.most()
                    .orElseThrow(() -> new IllegalArgumentException("images are not padded to " + width + " x " + height
                            + " pixels where nothing bounds their size"));
            if (most.width > width || most.height > height) {
                throw new IllegalArgumentException("images of up to " + most.width + " x " + most.height
                        + " pixels are not padded to " + width + " x " + height);
            }
        }
    }

    /**
     * What sides are multiples of.
     *
     * @param of 1 where they may be anything
     * @param up whether they grow to it
     */
    record Multiple(int of, boolean up) {
        public static final Multiple ANY = new Multiple(1, false);

        public Multiple {
            if (of < 1 || of > MOST) {
                throw new IllegalArgumentException("sides are multiples of 1 to " + MOST + " pixels, not of " + of);
            }
        }

        /** The multiple for a side; never none of it. */
        public int round(int side) {
            return Math.max(1, up ? Math.ceilDiv(side, of) : side / of) * of;
        }
    }

    /** A size in pixels that no image passes. */
    record Bounds(int width, int height) {}

    /** The most that an image gets; nothing where that goes by the image. */
    default Optional<Bounds> most() {
        return switch (this) {
            case None none -> Optional.empty();
            case ShortestSide side -> Optional.empty();
            case Stretch(int width, int height) -> Optional.of(new Bounds(width, height));
            case Within(int width, int height) -> Optional.of(new Bounds(width, height));
            case Letterbox box -> Optional.of(new Bounds(box.width, box.height));
            case Fitted fitted -> Optional.empty();
            case Padded padded -> Optional.of(new Bounds(padded.width, padded.height));
            case Edges edges -> {
                int side = edges.multiple.round(edges.longest);
                yield Optional.of(new Bounds(side, side));
            }
        };
    }

    /** Whether two images may get two sizes. */
    default boolean varies() {
        return switch (this) {
            case None none -> true;
            case ShortestSide side -> true;
            case Edges edges -> true;
            case Within within -> true;
            case Fitted fitted -> fitted.keepsProportions;
            case Stretch stretch -> false;
            case Letterbox box -> false;
            case Padded padded -> false;
        };
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
