package phifleet.inference.vision;

import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.List;
import phifleet.inference.model.PixelFormat;
import phifleet.inference.model.PixelFormat.ChannelOrder;
import phifleet.inference.model.PixelFormat.Layout;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorMemory;
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

    /** A batch of one, in memory that can be released. */
    Tensor write(Image image) {
        long height = image.height();
        long width = image.width();
        List<Long> shape =
                format.layout() == Layout.NCHW ? List.of(1L, 3L, height, width) : List.of(1L, height, width, 3L);
        Tensor tensor = TensorMemory.ofProcess().tensor(format.type(), shape);
        ByteBuffer data = tensor.data();
        boolean planes = format.layout() == Layout.NCHW;
        switch (format.type()) {
            case FP32 -> write(image.rgb(), new Floats(data.asFloatBuffer()), planes);
            case FP16 -> write(image.rgb(), new Halves(data.asShortBuffer()), planes);
            default -> bytes(image, data, planes);
        }
        return tensor;
    }

    /** Pixels of one run on their way, in the numbers of a type. */
    private interface Run {
        /** Looks up samples of a plane, each third of the image's, and puts them down {@code step} apart. */
        void look(byte[] from, int sample, int count, int plane, int at, int step);

        /** Sends out what was put down. */
        void put(int to, int at, int count);
    }

    private final class Floats implements Run {
        private final FloatBuffer out;
        private final float[] run = new float[3 * RUN];

        Floats(FloatBuffer out) {
            this.out = out;
        }

        @Override
        public void look(byte[] from, int sample, int count, int plane, int at, int step) {
            float[] numbers = values[plane];
            for (int i = 0; i < count; i++) {
                run[at + i * step] = numbers[from[sample + 3 * i] & 0xFF];
            }
        }

        @Override
        public void put(int to, int at, int count) {
            out.put(to, run, at, count);
        }
    }

    private final class Halves implements Run {
        private final ShortBuffer out;
        private final short[] run = new short[3 * RUN];

        Halves(ShortBuffer out) {
            this.out = out;
        }

        @Override
        public void look(byte[] from, int sample, int count, int plane, int at, int step) {
            short[] numbers = halves[plane];
            for (int i = 0; i < count; i++) {
                run[at + i * step] = numbers[from[sample + 3 * i] & 0xFF];
            }
        }

        @Override
        public void put(int to, int at, int count) {
            out.put(to, run, at, count);
        }
    }

    private void write(byte[] from, Run run, boolean planes) {
        int pixels = from.length / 3;
        for (int first = 0; first < pixels; first += RUN) {
            int count = Math.min(RUN, pixels - first);
            for (int plane = 0; plane < 3; plane++) {
                int at = planes ? plane * count : plane;
                run.look(from, 3 * first + channels[plane], count, plane, at, planes ? 1 : 3);
                if (planes) {
                    run.put(plane * pixels + first, at, count);
                }
            }
            if (!planes) {
                run.put(3 * first, 0, 3 * count);
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
