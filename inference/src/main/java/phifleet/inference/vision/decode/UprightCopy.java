package phifleet.inference.vision.decode;

/**
 * Turns a stored picture upright, a few of its rows at a time: those stay in the processor's cache while their columns are written as rows,
 * where going through the whole picture by columns would miss it at each pixel.
 */
final class UprightCopy {
    /** Pixels of a column that are written together: a cache line of them or so. */
    private static final int STRIPE = 16;

    /** Pixels of a row that are read together: as many lines as a cache has room for, so that the next row finds them there. */
    private static final int TILE = 64;

    private static final int CHANNELS = 3;

    private final boolean turns;
    private final int storedWidth;
    private final int storedHeight;
    private final int width;
    private final int height;

    /** Where the first stored pixel goes, and how far from it its neighbours to the right and below go, in pixels of the upright picture. */
    private final int origin;

    private final int right;
    private final int below;

    /** Stored pixels, row after row, wherever they are. */
    @FunctionalInterface
    interface Stored {
        /** Copies bytes. */
        void copy(int from, int length, byte[] into);
    }

    UprightCopy(Orientation orientation, int storedWidth, int storedHeight) {
        this.turns = orientation.turns();
        this.storedWidth = storedWidth;
        this.storedHeight = storedHeight;
        this.width = turns ? storedHeight : storedWidth;
        this.height = turns ? storedWidth : storedHeight;
        boolean toTheLeft = switch (orientation) {
            case MIRRORED, UPSIDE_DOWN, TURNED_LEFT, TRANSVERSED -> true;
            case UPRIGHT, MIRRORED_UPSIDE_DOWN, TRANSPOSED, TURNED_RIGHT -> false;
        };
        boolean upwards = switch (orientation) {
            case UPSIDE_DOWN, MIRRORED_UPSIDE_DOWN, TRANSVERSED, TURNED_RIGHT -> true;
            case UPRIGHT, MIRRORED, TRANSPOSED, TURNED_LEFT -> false;
        };
        int across = toTheLeft ? -1 : 1;
        int down = upwards ? -width : width;
        this.origin = (upwards ? (height - 1) * width : 0) + (toTheLeft ? width - 1 : 0);
        this.right = turns ? down : across;
        this.below = turns ? across : down;
    }

    /**
     * The upright picture.
     *
     * @param to its memory
     */
    Image of(Source source, Stored stored, byte[] to) {
        byte[] stripe = new byte[CHANNELS * storedWidth * Math.min(STRIPE, storedHeight)];
        for (int y = 0; y < storedHeight; y += STRIPE) {
            int rows = Math.min(STRIPE, storedHeight - y);
            stored.copy(CHANNELS * y * storedWidth, CHANNELS * rows * storedWidth, stripe);
            int first = origin + y * below;
            for (int x = 0; x < storedWidth; x += TILE) {
                int columns = Math.min(TILE, storedWidth - x);
                for (int row = 0; row < rows; row++) {
                    run(stripe, row * storedWidth + x, columns, to, first + x * right + row * below, right);
                }
            }
        }
        return new Image(width, height, to, upright(source));
    }

    /** Pixels that follow each other, and how far from each other they go. */
    private static void run(byte[] from, int first, int count, byte[] to, int place, int apart) {
        int pixel = CHANNELS * first;
        int at = CHANNELS * place;
        for (int i = 0; i < count; i++) {
            to[at] = from[pixel];
            to[at + 1] = from[pixel + 1];
            to[at + 2] = from[pixel + 2];
            pixel += CHANNELS;
            at += CHANNELS * apart;
        }
    }

    /** What steps to the left or upwards begins at its far edge, past which a reduced picture may reach. */
    private Source upright(Source stored) {
        double across = turns ? stored.down() : stored.across();
        double down = turns ? stored.across() : stored.down();
        return new Source(
                turns ? stored.height() : stored.width(),
                turns ? stored.width() : stored.height(),
                (turns ? below : right) < 0 ? width - across : 0,
                (turns ? right : below) < 0 ? height - down : 0,
                across,
                down);
    }
}
