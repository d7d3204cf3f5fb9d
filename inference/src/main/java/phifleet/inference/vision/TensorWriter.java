package phifleet.inference.vision;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.List;
import phifleet.inference.model.PixelFormat;
import phifleet.inference.model.PixelFormat.ChannelOrder;
import phifleet.inference.model.PixelFormat.Layout;
import phifleet.inference.model.Tensor;
import phifleet.inference.vision.decode.Image;

/** Writes an image as a model takes it. A sample has 256 values, so each is computed once a channel and then looked up. */
final class TensorWriter {
    /** Pixels that are looked up before they go out of the heap together: one by one each would have its bounds checked. */
    private static final int RUN = 1024;

    private final PixelFormat format;
    private final int[] channels;
    private final float[][] values = new float[3][256];
    private final short[][] halves = new short[3][256];

    TensorWriter(PixelFormat format) {
        this.format = format;
        this.channels = format.order() == ChannelOrder.RGB ? new int[] {0, 1, 2} : new int[] {2, 1, 0};
        for (int plane = 0; plane < 3; plane++) {
            int channel = channels[plane];
            for (int sample = 0; sample < 256; sample++) {
                double scaled = sample * format.scale() - format.mean().of(channel);
                values[plane][sample] = (float) (scaled / format.std().of(channel));
                halves[plane][sample] = Float.floatToFloat16(values[plane][sample]);
            }
        }
    }

    /** A batch of one, outside of the heap. */
    Tensor write(Image image) {
        long height = image.height();
        long width = image.width();
        List<Long> shape =
                format.layout() == Layout.NCHW ? List.of(1L, 3L, height, width) : List.of(1L, height, width, 3L);
        ByteBuffer data = Tensor.allocate(format.type(), shape);
        boolean planes = format.layout() == Layout.NCHW;
        switch (format.type()) {
            case FP32 -> floats(image, data.asFloatBuffer(), planes);
            case FP16 -> halves(image, data.asShortBuffer(), planes);
            default -> bytes(image, data, planes);
        }
        return Tensor.of(format.type(), shape, data);
    }

    private void floats(Image image, FloatBuffer to, boolean planes) {
        byte[] from = image.rgb();
        int pixels = from.length / 3;
        float[] run = new float[3 * RUN];
        for (int first = 0; first < pixels; first += RUN) {
            int count = Math.min(RUN, pixels - first);
            for (int plane = 0; plane < 3; plane++) {
                float[] numbers = values[plane];
                int at = planes ? plane * count : plane;
                int step = planes ? 1 : 3;
                int sample = 3 * first + channels[plane];
                for (int i = 0; i < count; i++) {
                    run[at + i * step] = numbers[from[sample + 3 * i] & 0xFF];
                }
                if (planes) {
                    to.put(plane * pixels + first, run, at, count);
                }
            }
            if (!planes) {
                to.put(3 * first, run, 0, 3 * count);
            }
        }
    }

    private void halves(Image image, ShortBuffer to, boolean planes) {
        byte[] from = image.rgb();
        int pixels = from.length / 3;
        short[] run = new short[3 * RUN];
        for (int first = 0; first < pixels; first += RUN) {
            int count = Math.min(RUN, pixels - first);
            for (int plane = 0; plane < 3; plane++) {
                short[] numbers = halves[plane];
                int at = planes ? plane * count : plane;
                int step = planes ? 1 : 3;
                int sample = 3 * first + channels[plane];
                for (int i = 0; i < count; i++) {
                    run[at + i * step] = numbers[from[sample + 3 * i] & 0xFF];
                }
                if (planes) {
                    to.put(plane * pixels + first, run, at, count);
                }
            }
            if (!planes) {
                to.put(3 * first, run, 0, 3 * count);
            }
        }
    }

    private void bytes(Image image, ByteBuffer to, boolean planes) {
        byte[] from = image.rgb();
        for (int plane = 0; plane < 3; plane++) {
            int at = planes ? plane * (from.length / 3) : plane;
            int step = planes ? 1 : 3;
            for (int sample = channels[plane]; sample < from.length; sample += 3, at += step) {
                to.put(at, from[sample]);
            }
        }
    }
}
