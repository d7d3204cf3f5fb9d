package phifleet.worker.bench.gpu;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;

/**
 * A photo as rows of red, green and blue, and what the golden vectors' own preparation did to it: Pillow's way of changing sizes,
 * whose filter grows with the reduction and which rounds to 8 bits after each axis.
 */
final class Photo {
    private static final int CHANNELS = 3;

    final int width;
    final int height;

    /** 0 to 255, a pixel after another. */
    private final float[] values;

    private Photo(int width, int height, float[] values) {
        this.width = width;
        this.height = height;
        this.values = values;
    }

    static Photo read(Path file) throws IOException {
        BufferedImage image = ImageIO.read(file.toFile());
        if (image == null) {
            throw new IOException(file + " is no image");
        }
        int width = image.getWidth();
        int height = image.getHeight();
        float[] values = new float[width * height * CHANNELS];
        for (int i = 0; i < width * height; i++) {
            int rgb = image.getRGB(i % width, i / width);
            values[i * CHANNELS] = rgb >> 16 & 0xff;
            values[i * CHANNELS + 1] = rgb >> 8 & 0xff;
            values[i * CHANNELS + 2] = rgb & 0xff;
        }
        return new Photo(width, height, values);
    }

    Photo resized(int newWidth, int newHeight) {
        return across(newWidth).turned().across(newHeight).turned();
    }

    /** The middle of it. */
    Photo cropped(int newWidth, int newHeight) {
        return window((width - newWidth) / 2, (height - newHeight) / 2, newWidth, newHeight, 0);
    }

    /** The same in the middle of something larger. */
    Photo framed(int newWidth, int newHeight, float border) {
        return window(-((newWidth - width) / 2), -((newHeight - height) / 2), newWidth, newHeight, border);
    }

    private Photo window(int left, int top, int newWidth, int newHeight, float border) {
        float[] result = new float[newWidth * newHeight * CHANNELS];
        Arrays.fill(result, border);
        for (int y = Math.max(0, -top); y < Math.min(newHeight, height - top); y++) {
            int first = Math.max(0, -left);
            int count = Math.min(newWidth, width - left) - first;
            System.arraycopy(
                    values,
                    ((y + top) * width + first + left) * CHANNELS,
                    result,
                    (y * newWidth + first) * CHANNELS,
                    count * CHANNELS);
        }
        return new Photo(newWidth, newHeight, result);
    }

    private Photo turned() {
        float[] result = new float[values.length];
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                System.arraycopy(values, (y * width + x) * CHANNELS, result, (x * height + y) * CHANNELS, CHANNELS);
            }
        }
        return new Photo(/* width= */ height, /* height= */ width, result);
    }

    private Photo across(int newWidth) {
        double scale = (double) width / newWidth;
        double reach = Math.max(1, scale);
        float[] result = new float[newWidth * height * CHANNELS];
        for (int x = 0; x < newWidth; x++) {
            double centre = (x + 0.5) * scale;
            int from = Math.max(0, (int) (centre - reach + 0.5));
            int to = Math.min(width, (int) (centre + reach + 0.5));
            double[] weights = new double[to - from];
            for (int i = 0; i < weights.length; i++) {
                weights[i] = Math.max(0, 1 - Math.abs((from + i - centre + 0.5) / reach));
            }
            double sum = Arrays.stream(weights).sum();
            for (int y = 0; y < height; y++) {
                for (int channel = 0; channel < CHANNELS; channel++) {
                    double value = 0;
                    for (int i = 0; i < weights.length; i++) {
                        value += weights[i] * values[(y * width + from + i) * CHANNELS + channel];
                    }
                    result[(y * newWidth + x) * CHANNELS + channel] = Math.clamp(Math.round(value / sum), 0, 255);
                }
            }
        }
        return new Photo(newWidth, height, result);
    }

    /** As a network takes it: all of one channel after all of another, each from 0 to 1, less a mean and in a deviation's units. */
    float[] planes(double[] mean, double[] deviation) {
        int pixels = width * height;
        float[] planes = new float[values.length];
        for (int i = 0; i < values.length; i++) {
            int channel = i % CHANNELS;
            planes[channel * pixels + i / CHANNELS] = (float) ((values[i] / 255 - mean[channel]) / deviation[channel]);
        }
        return planes;
    }
}
