package phifleet.inference.vision.ocr;

/**
 * The sizes that a picture goes through on its way into a detector of text, as RapidOCR 1.4.4 has them; and of a picture so narrow that it
 * would get too large by them, as large as it may get.
 *
 * @param width of the page: the picture, made smaller where it is large
 * @param padding black rows above and below it, since lines are missed that fill all of a low picture
 * @param inputWidth of the detector's input, a multiple of {@value #STEP}
 */
record PageSize(int width, int height, int padding, int inputWidth, int inputHeight) {
    /** Pixels of the detector's input: what the rules give of any picture that is not narrow is less. */
    static final long MOST_PIXELS = 4_400_000;

    /** What the network's layers halve five times. */
    static final int STEP = 32;

    /** The longest side of a page. */
    private static final int LONGEST = 2000;

    /** The same of one that is made larger since it is low or narrow: a thread of pixels would take any amount of memory. */
    private static final int LONGEST_LOW = 4000;

    /** The shortest side of a page, and the height up to which one is padded. */
    private static final int SHORTEST = 30;

    /** The shorter side of the input, at least. */
    private static final int INPUT_SIDE = 736;

    /** From so much wider than high on a page is padded. */
    private static final int WIDE = 8;

    static PageSize of(int imageWidth, int imageHeight) {
        int width = imageWidth;
        int height = imageHeight;
        int longer = Math.max(width, height);
        if (longer > LONGEST) {
            double ratio = (double) LONGEST / longer;
            width = stepped(width * ratio);
            height = stepped(height * ratio);
        }
        int shorter = Math.min(width, height);
        if (shorter < SHORTEST) {
            double ratio = Math.min((double) SHORTEST / shorter, (double) LONGEST_LOW / Math.max(width, height));
            width = stepped(width * ratio);
            height = stepped(height * ratio);
        }
        int padding = height <= SHORTEST || (double) width / height > WIDE
                ? Math.abs(2 * Math.max(width / WIDE, SHORTEST) - height) / 2
                : 0;
        return new PageSize(width, height, padding, width, height + 2 * padding).forInput();
    }

    private PageSize forInput() {
        double ratio = Math.max(1, (double) INPUT_SIDE / Math.min(inputWidth, inputHeight));
        int wide = stepped(inputWidth * ratio);
        int high = stepped(inputHeight * ratio);
        long pixels = (long) wide * high;
        if (pixels > MOST_PIXELS) {
            double less = Math.sqrt((double) MOST_PIXELS / pixels);
            wide = Math.max(STEP, (int) (wide * less) / STEP * STEP);
            high = Math.max(STEP, (int) (high * less) / STEP * STEP);
            // One side may be as short as it gets.
            wide = (int) Math.min(wide, MOST_PIXELS / high / STEP * STEP);
            high = (int) Math.min(high, MOST_PIXELS / wide / STEP * STEP);
        }
        return new PageSize(width, height, padding, wide, high);
    }

    /** To the nearest multiple, of two the even one. */
    private static int stepped(double size) {
        return Math.max(STEP, (int) Math.rint((int) size / (double) STEP) * STEP);
    }

    int paddedHeight() {
        return height + 2 * padding;
    }

    long inputPixels() {
        return (long) inputWidth * inputHeight;
    }
}
