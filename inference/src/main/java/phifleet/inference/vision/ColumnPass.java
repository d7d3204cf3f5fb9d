package phifleet.inference.vision;

import java.util.Arrays;
import phifleet.inference.vision.decode.Image;

/**
 * Resizes along the columns. It goes through the old rows once, and adds each with its weight to the sums of the new rows that it is part of.
 *
 * <p>Samples are made numbers of 32 bits a row at a time, and each loop does one thing to such numbers: those the compiler makes vectors of, which it
 * does not where it has to read or write bytes in the same loop (C2 of JDK 25: four times as long).
 */
final class ColumnPass {
    /** Sums of rows that are kept at once: enough for the widest filter wherever an image gets lower. */
    private static final int MOST_OPEN = 8;

    private final ResamplingKernel kernel;
    private final int[][] sums;
    private final Finished finished;
    private int begun;
    private int done;

    /** Takes new rows, from the first to the last. */
    @FunctionalInterface
    interface Finished {
        /** Takes one, whose samples, 0 to 255 each, are there until it returns. */
        void row(int place, int[] samples);
    }

    private ColumnPass(ResamplingKernel kernel, int samples, int open, Finished finished) {
        this.kernel = kernel;
        this.sums = new int[open][samples];
        this.finished = finished;
    }

    /**
     * A part of an image with other rows.
     *
     * @param top where the given image begins in the one that the kernel is for
     * @param from the first of the columns that are needed
     * @param to behind the last of them
     */
    static Image resize(Image image, int top, int from, int to, ResamplingKernel kernel, Scratch scratch) {
        int samples = 3 * (to - from);
        byte[] target = scratch.take(samples * kernel.length());
        run(image, top, from, to, kernel, (place, row) -> {
            int at = place * samples;
            for (int x = 0; x < samples; x++) {
                target[at + x] = (byte) row[x];
            }
        });
        return new Image(to - from, kernel.length(), target);
    }

    /** The same, row by row, to whoever makes something else of them. */
    static void run(Image image, int top, int from, int to, ResamplingKernel kernel, Finished finished) {
        int open = open(kernel);
        ColumnPass pass = new ColumnPass(kernel, 3 * (to - from), Math.min(open, MOST_OPEN), finished);
        int stride = 3 * image.width();
        if (open <= MOST_OPEN) {
            pass.scatter(image.rgb(), stride, 3 * from - top * stride);
        } else {
            pass.gather(image.rgb(), stride, 3 * from - top * stride);
        }
    }

    /** The most new rows that one old row is part of. */
    private static int open(ResamplingKernel kernel) {
        int most = 0;
        int oldest = 0;
        for (int place = 0; place < kernel.length(); place++) {
            while (kernel.end(oldest) <= kernel.first(place) && oldest < place) {
                oldest++;
            }
            most = Math.max(most, place - oldest + 1);
        }
        return most;
    }

    private void scatter(byte[] source, int stride, int origin) {
        int[] row = new int[sums[0].length];
        for (int y = kernel.first(0); y < kernel.end(); y++) {
            unpack(source, origin + y * stride, row);
            while (begun < kernel.length() && kernel.first(begun) <= y) {
                Arrays.fill(sums[begun % sums.length], ResamplingKernel.HALF);
                begun++;
            }
            for (int place = done; place < begun; place++) {
                add(row, kernel.weight(place, y), sums[place % sums.length]);
            }
            while (done < begun && kernel.end(done) <= y + 1) {
                finish(sums[done % sums.length], done);
                done++;
            }
        }
    }

    /** New row by new row, where an image gets so much higher that an old row is part of many. */
    private void gather(byte[] source, int stride, int origin) {
        int[] row = new int[sums[0].length];
        for (int place = 0; place < kernel.length(); place++) {
            Arrays.fill(sums[0], ResamplingKernel.HALF);
            for (int y = kernel.first(place); y < kernel.end(place); y++) {
                unpack(source, origin + y * stride, row);
                add(row, kernel.weight(place, y), sums[0]);
            }
            finish(sums[0], place);
        }
    }

    private static void unpack(byte[] source, int from, int[] row) {
        for (int x = 0; x < row.length; x++) {
            row[x] = source[from + x] & 0xFF;
        }
    }

    private static void add(int[] row, int weight, int[] sums) {
        for (int x = 0; x < sums.length; x++) {
            sums[x] += row[x] * weight;
        }
    }

    private void finish(int[] row, int place) {
        for (int x = 0; x < row.length; x++) {
            row[x] = Math.min(Math.max(row[x] >> ResamplingKernel.FRACTION_BITS, 0), 255);
        }
        finished.row(place, row);
    }
}
