package phifleet.inference.vision.decode;

/**
 * To what part of its width and height a JPEG is decoded: by fewer coefficients of each block of 8 × 8, which costs less than all
 * of them. There are parts between these, for which libjpeg-turbo has no vector code.
 */
enum Reduction {
    EIGHTH(1),
    QUARTER(2),
    HALF(4),
    NONE(8);

    private final int eighths;

    Reduction(int eighths) {
        this.eighths = eighths;
    }

    /** The greatest one that leaves so much of a picture's width and height. */
    static Reduction leaving(double part) {
        for (Reduction reduction : values()) {
            if (reduction.eighths >= part * 8) {
                return reduction;
            }
        }
        return NONE;
    }

    /** Pixels that become of so many; a part of one is one. */
    int of(int side) {
        return (side * eighths + 7) / 8;
    }

    /** The same without rounding. */
    double exactly(int side) {
        return side * eighths / 8.0;
    }
}
