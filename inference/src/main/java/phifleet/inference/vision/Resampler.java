package phifleet.inference.vision;

import java.util.Arrays;
import phifleet.inference.model.Filter;
import phifleet.inference.vision.decode.Image;
import phifleet.inference.vision.decode.Source;

/**
 * Resizes as Pillow does, bit for bit: first along the rows, then along the columns, each with weights in fixed point, and with
 * 8 bits between the two. Models were trained and measured on images that went this way; what a graphics library calls bilinear
 * looks at four pixels however much smaller the image gets.
 *
 * <p>Source of the method: Pillow's documentation ("Concepts: Filters") and the comments of its Resample.c, release 13.0.
 */
final class Resampler {
    private static final int HALF = 1 << (ResamplingKernel.FRACTION_BITS - 1);

    private Resampler() {}

    /** The whole image in another size. */
    static Image resize(Image image, int width, int height, Filter filter) {
        return resize(image, width, height, new Window(0, 0, width, height), filter);
    }

    /** A part of the image in another size; nothing is computed of the rest. */
    static Image resize(Image image, int width, int height, Window part, Filter filter) {
        Source source = image.source();
        boolean widthStays = width == source.across() && width == image.width();
        boolean heightStays = height == source.down() && height == image.height();
        if (widthStays && heightStays && part.isAll(width, height)) {
            return image;
        }
        if (filter == Filter.NEAREST) {
            return nearest(image, width, height, part);
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
        int top = vertical.first(0);
        int last = vertical.length() - 1;
        int bottom = vertical.first(last) + vertical.count(last);
        Image narrow = rows
                ? alongRows(
                        image,
                        top,
                        bottom,
                        new ResamplingKernel(
                                image.width(),
                                source.left(),
                                source.across(),
                                width,
                                part.left(),
                                part.width(),
                                widthStays ? Filter.BOX : filter))
                : image;
        return columns ? alongColumns(narrow, rows ? top : 0, vertical) : narrow;
    }

    private static Image alongRows(Image image, int top, int bottom, ResamplingKernel kernel) {
        byte[] from = image.rgb();
        int[] weights = kernel.weights();
        byte[] to = new byte[3 * kernel.length() * (bottom - top)];
        int at = 0;
        for (int y = top; y < bottom; y++) {
            int row = 3 * y * image.width();
            for (int x = 0; x < kernel.length(); x++) {
                int red = HALF;
                int green = HALF;
                int blue = HALF;
                int pixel = row + 3 * kernel.first(x);
                int weight = kernel.weightsOf(x);
                for (int end = weight + kernel.count(x); weight < end; weight++) {
                    int w = weights[weight];
                    red += (from[pixel] & 0xFF) * w;
                    green += (from[pixel + 1] & 0xFF) * w;
                    blue += (from[pixel + 2] & 0xFF) * w;
                    pixel += 3;
                }
                to[at++] = sample(red);
                to[at++] = sample(green);
                to[at++] = sample(blue);
            }
        }
        return new Image(kernel.length(), bottom - top, to);
    }

    private static Image alongColumns(Image image, int top, ResamplingKernel kernel) {
        int stride = 3 * image.width();
        byte[] from = image.rgb();
        byte[] to = new byte[stride * kernel.length()];
        int[] sums = new int[stride];
        for (int y = 0; y < kernel.length(); y++) {
            Arrays.fill(sums, HALF);
            for (int i = 0; i < kernel.count(y); i++) {
                int weight = kernel.weights()[kernel.weightsOf(y) + i];
                int row = (kernel.first(y) - top + i) * stride;
                for (int x = 0; x < stride; x++) {
                    sums[x] += (from[row + x] & 0xFF) * weight;
                }
            }
            for (int x = 0; x < stride; x++) {
                to[y * stride + x] = sample(sums[x]);
            }
        }
        return new Image(image.width(), kernel.length(), to);
    }

    private static byte sample(int sum) {
        return (byte) Math.clamp(sum >> ResamplingKernel.FRACTION_BITS, 0, 255);
    }

    /** Pillow adds steps up, so that a place near the border between two pixels falls as it does there. */
    private static Image nearest(Image image, int width, int height, Window part) {
        int[] columns = places(image.width(), width);
        int[] rows = places(image.height(), height);
        byte[] from = image.rgb();
        byte[] to = new byte[3 * part.width() * part.height()];
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
