package phifleet.inference.vision;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.List;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.PixelFormat;
import phifleet.inference.model.PixelFormat.ChannelOrder;
import phifleet.inference.model.PixelFormat.Layout;
import phifleet.inference.model.Tensor;
import phifleet.inference.vision.decode.Image;

/** Writes an image as a model takes it. A sample has 256 values, so each is computed once a channel and then looked up. */
final class TensorWriter {
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
        int pixels = image.width() * image.height();
        boolean planes = format.layout() == Layout.NCHW;
        for (int plane = 0; plane < 3; plane++) {
            int first = planes ? plane * pixels : plane;
            int step = planes ? 1 : 3;
            byte[] from = image.rgb();
            int sample = channels[plane];
            if (format.type() == ElementType.FP32) {
                floats(from, sample, data.asFloatBuffer(), first, step, values[plane]);
            } else if (format.type() == ElementType.FP16) {
                halves(from, sample, data.asShortBuffer(), first, step, halves[plane]);
            } else {
                for (int at = first; sample < from.length; sample += 3, at += step) {
                    data.put(at, from[sample]);
                }
            }
        }
        return Tensor.of(format.type(), shape, data);
    }

    private static void floats(byte[] from, int channel, FloatBuffer to, int first, int step, float[] values) {
        int at = first;
        for (int sample = channel; sample < from.length; sample += 3) {
            to.put(at, values[from[sample] & 0xFF]);
            at += step;
        }
    }

    private static void halves(byte[] from, int channel, ShortBuffer to, int first, int step, short[] values) {
        int at = first;
        for (int sample = channel; sample < from.length; sample += 3) {
            to.put(at, values[from[sample] & 0xFF]);
            at += step;
        }
    }
}
