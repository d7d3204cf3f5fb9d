package phifleet.inference.vision;

import phifleet.inference.model.Filter;
import phifleet.inference.vision.decode.Image;
import phifleet.inference.vision.decode.Source;

/**
 * Resizes as Pillow does, bit for bit: first along the rows, then along the columns, or the other way round where an image gets
 * much lower, each with weights in fixed point, and with 8 bits between the two. Models were trained and measured on images that went this way; what a graphics library calls bilinear
 * looks at four pixels however much smaller the image gets.
 *
 * <p>Source of the method: Pillow's documentation ("Concepts: Filters") and the comments of its Resample.c, release 13.0.
 */
final class Resampler {
    private static final int HALF = ResamplingKernel.HALF;

    private Resampler() {}

    /**
     * A part of the image in another size; nothing is computed of the rest.
     *
     * @param scratch that the image lies in, where it is not the given one
     */
    static Image resize(Image image, int width, int height, Window part, Filter filter, Scratch scratch) {
        Source source = image.source();
        boolean widthStays = width == source.across() && width == image.width();
        boolean heightStays = height == source.down() && height == image.height();
        if (widthStays && heightStays && part.isAll(width, height)) {
            return image;
        }
        if (filter == Filter.NEAREST) {
            return nearest(image, width, height, part, scratch);
        }
        boolean rows = !widthStays || part.width() != width;
        boolean columns = !heightStays || part.height() != height;
        ResamplingKernel vertical = new ResamplingKernel(
                image.height(),
                source.top(),
                source.down(),
                height,
                part.top(),
                part.height(),
                heightStays ? Filter.BOX : filter);
        if (!rows) {
            return columns ? ColumnPass.resize(image, 0, 0, image.width(), vertical, scratch) : image;
        }
        ResamplingKernel horizontal = new ResamplingKernel(
                image.width(),
                source.left(),
                source.across(),
                width,
                part.left(),
                part.width(),
                widthStays ? Filter.BOX : filter);
        if (columns && isColumnsFirst(image, width, height)) {
            int left = horizontal.first(0);
            byte[] target = scratch.take(3 * horizontal.length() * vertical.length());
            ColumnPass.run(
                    image,
                    0,
                    left,
                    horizontal.end(),
                    vertical,
                    (y, row) -> alongRow(row, left, horizontal, target, 3 * horizontal.length() * y));
            return new Image(horizontal.length(), vertical.length(), target);
        }
        int top = vertical.first(0);
        Image narrow = alongRows(image, top, vertical.end(), horizontal, scratch);
        return columns ? ColumnPass.resize(narrow, top, 0, narrow.width(), vertical, scratch) : narrow;
    }

    /**
     * As Pillow does since 13.0, where that leaves much less for the other way; found by trying sizes. A reduced image has no pixels that
     * Pillow's could equal: there the way along the columns, which goes through whole rows at once, leaves as little as it can.
     */
    private static boolean isColumnsFirst(Image image, int width, int height) {
        int lower = image.height() - height;
        if (image.source().width() != image.width()) {
            return lower > 0;
        }
        return lower > 0 && lower > 2 * (image.width() - width);
    }

    /**
     * @param from the first of the rows that are needed
     * @param to behind the last of them
     */
    private static Image alongRows(Image image, int from, int to, ResamplingKernel kernel, Scratch scratch) {
        byte[] source = image.rgb();
        int[] weights = kernel.weights();
        byte[] target = scratch.take(3 * kernel.length() * (to - from));
        int at = 0;
        for (int y = from; y < to; y++) {
            int row = 3 * y * image.width();
            for (int x = 0; x < kernel.length(); x++) {
                int red = HALF;
                int green = HALF;
                int blue = HALF;
                int pixel = row + 3 * kernel.first(x);
                int weight = kernel.weightsOf(x);
                for (int end = weight + kernel.count(x); weight < end; weight++) {
                    int w = weights[weight];
                    red += (source[pixel] & 0xFF) * w;
                    green += (source[pixel + 1] & 0xFF) * w;
                    blue += (source[pixel + 2] & 0xFF) * w;
                    pixel += 3;
                }
                target[at++] = sample(red);
                target[at++] = sample(green);
                target[at++] = sample(blue);
            }
        }
        return new Image(kernel.length(), to - from, target);
    }

    /** One row of numbers, which never were an image of their own. */
    private static void alongRow(int[] source, int left, ResamplingKernel kernel, byte[] target, int from) {
        int[] weights = kernel.weights();
        int at = from;
        for (int x = 0; x < kernel.length(); x++) {
            int red = HALF;
            int green = HALF;
            int blue = HALF;
            int pixel = 3 * (kernel.first(x) - left);
            int weight = kernel.weightsOf(x);
            for (int end = weight + kernel.count(x); weight < end; weight++) {
                int w = weights[weight];
                red += source[pixel] * w;
                green += source[pixel + 1] * w;
                blue += source[pixel + 2] * w;
                pixel += 3;
            }
            target[at++] = sample(red);
            target[at++] = sample(green);
            target[at++] = sample(blue);
        }
    }

    private static byte sample(int sum) {
        return (byte) Math.min(Math.max(sum >> ResamplingKernel.FRACTION_BITS, 0), 255);
    }

    /** Pillow adds steps up, so that a place near the border between two pixels falls as it does there. */
    private static Image nearest(Image image, int width, int height, Window part, Scratch scratch) {
        int[] columns = places(image.width(), width);
        int[] rows = places(image.height(), height);
        byte[] from = image.rgb();
        byte[] to = scratch.take(3 * part.width() * part.height());
        int at = 0;
        for (int y = 0; y < part.height(); y++) {
            int row = rows[part.top() + y] * image.width();
            for (int x = 0; x < part.width(); x++) {
                int pixel = 3 * (row + columns[part.left() + x]);
                to[at++] = from[pixel];
                to[at++] = from[pixel + 1];
                to[at++] = from[pixel + 2];
            }
        }
        return new Image(part.width(), part.height(), to);
    }

    private static int[] places(int from, int to) {
        double step = (double) from / to;
        double place = step * 0.5;
        int[] places = new int[to];
        for (int i = 0; i < to; i++) {
            places[i] = Math.min((int) place, from - 1);
            place += step;
        }
        return places;
    }
}
