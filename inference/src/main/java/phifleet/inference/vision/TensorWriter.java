package phifleet.inference.vision;

import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;
import java.nio.FloatBuffer;
import java.nio.ShortBuffer;
import java.util.List;
import java.util.stream.IntStream;
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

    /**
     * A batch of one, in memory that can be released.
     *
     * @param width of the tensor; what lies to the right of the image is zero
     * @param height of the tensor; what lies below the image is zero
     */
    Tensor write(Image image, int width, int height) {
        List<Long> shape = format.layout() == Layout.NCHW
                ? List.of(1L, 3L, (long) height, (long) width)
                : List.of(1L, (long) height, (long) width, 3L);
        Tensor tensor = TensorMemory.ofProcess().tensor(format.type(), shape);
        ByteBuffer data = tensor.data();
        boolean planes = format.layout() == Layout.NCHW;
        if (image.width() < width || image.height() < height) {
            // It may have been used before.
            MemorySegment.ofBuffer(data).fill((byte) 0);
        }
        List<Part> parts = parts(image, width, height);
        switch (format.type()) {
            case FP32 -> write(image.rgb(), parts, new Floats(data.asFloatBuffer()), planes);
            case FP16 -> write(image.rgb(), parts, new Halves(data.asShortBuffer()), planes);
            default -> parts.forEach(part -> bytes(image.rgb(), part, data, planes));
        }
        return tensor;
    }

    /**
     * Pixels that follow each other in the image and in the tensor.
     *
     * @param from the first in the image
     * @param to its place in the tensor
     * @param plane pixels of the whole tensor
     */
    private record Part(int from, int count, int to, int plane) {}

    /** All of the image, where nothing lies beside it; else its rows. */
    private static List<Part> parts(Image image, int width, int height) {
        int across = image.width();
        int plane = width * height;
        if (across == width) {
            return List.of(new Part(0, across * image.height(), 0, plane));
        }
        return IntStream.range(0, image.height())
                .mapToObj(row -> new Part(row * across, across, row * width, plane))
                .toList();
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

    private void write(byte[] from, List<Part> parts, Run run, boolean planes) {
        parts.forEach(part -> write(from, part, run, planes));
    }

    private void write(byte[] from, Part part, Run run, boolean planes) {
        for (int done = 0; done < part.count; done += RUN) {
            int count = Math.min(RUN, part.count - done);
            int to = part.to + done;
            for (int plane = 0; plane < 3; plane++) {
                int at = planes ? plane * count : plane;
                run.look(from, 3 * (part.from + done) + channels[plane], count, plane, at, planes ? 1 : 3);
                if (planes) {
                    run.put(plane * part.plane + to, at, count);
                }
            }
            if (!planes) {
                run.put(3 * to, 0, 3 * count);
            }
        }
    }

    private void bytes(byte[] from, Part part, ByteBuffer to, boolean planes) {
        for (int plane = 0; plane < 3; plane++) {
            int at = planes ? plane * part.plane + part.to : 3 * part.to + plane;
            int step = planes ? 1 : 3;
            int end = 3 * (part.from + part.count);
            for (int sample = 3 * part.from + channels[plane]; sample < end; sample += 3, at += step) {
                to.put(at, from[sample]);
            }
        }
    }
}
