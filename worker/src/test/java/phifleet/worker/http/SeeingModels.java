package phifleet.worker.http;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import javax.imageio.ImageIO;
import phifleet.inference.Catalogue;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Task;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.tensor.ImageReading;
import phifleet.inference.vision.Preprocessings;
import phifleet.inference.vision.output.Heads;

/** A detector and an encoder that see colours, and images of colours for them. */
final class SeeingModels {
    /** Fields of an image in each direction, each of one colour. */
    private static final int GRID = 4;

    private static final int SIDE = 256;
    private static final int BOX_SIDE = 64;

    /** Of an input of that side, at steps of 8, 16 and 32 pixels. */
    private static final int BOXES = 84;

    /** Images that the encoder has seen. */
    static final AtomicInteger ENCODED = new AtomicInteger();

    private SeeingModels() {}

    static Catalogue catalogue() {
        return new Catalogue(List.of(detector(), encoder("colours", "sum-1")));
    }

    /** Its vector is what each field's colours differ from grey by. */
    static ImageModel encoder(String id, String checksum) {
        Signature signature = new Signature(
                List.of(new Signature.Value("pixels", ElementType.FP32, List.of(-1L, 3L, 256L, 256L))),
                List.of(new Signature.Value("vector", ElementType.FP32, List.of(-1L, 48L))));
        return new ImageModel(
                        new FakeTensors(
                                id,
                                new Task.ImageEncoding(Preprocessings.UNIT, null, false),
                                signature,
                                8,
                                SeeingModels::fields),
                        Preprocessings.UNIT,
                        new ImageReading.OneVector("vector", false))
                .with(checksum);
    }

    private static TensorSet fields(TensorSet inputs) {
        ENCODED.incrementAndGet();
        FloatBuffer pixels = Objects.requireNonNull(inputs.get("pixels")).floats();
        float[] vector = new float[3 * GRID * GRID];
        int field = SIDE / GRID;
        for (int i = 0; i < vector.length; i++) {
            int x = i % GRID * field + field / 2;
            int y = i / GRID % GRID * field + field / 2;
            vector[i] = pixels.get(i / (GRID * GRID) * SIDE * SIDE + y * SIDE + x) - 0.51f;
        }
        return new TensorSet(Map.of("vector", Tensor.of(List.of(1L, 48L), vector)));
    }

    /** Sees one thing in the middle, red or blue. */
    static ImageModel detector() {
        return detector("finder", List.of("red", "blue"));
    }

    /** The same with names of its own for red and for blue, or for red alone. */
    static ImageModel detector(String id, List<String> labels) {
        var preprocessing = Preprocessings.yolo(BOX_SIDE, BOX_SIDE);
        Signature signature = new Signature(
                List.of(new Signature.Value("pixels", ElementType.FP32, List.of(-1L, 3L, 64L, 64L))),
                List.of(new Signature.Value(
                        "boxes", ElementType.FP32, List.of(-1L, 4L + labels.size(), (long) BOXES))));
        try {
            return new ImageModel(
                    new FakeTensors(
                            id,
                            new Task.Detection(preprocessing, labels, null),
                            signature,
                            8,
                            inputs -> middle(inputs, labels.size())),
                    preprocessing,
                    new ImageReading.Boxes(Heads.named(
                            "yolov8",
                            Map.of("boxes", List.of(1L, 4L + labels.size(), (long) BOXES)),
                            labels.size(),
                            BOX_SIDE,
                            BOX_SIDE)));
        } catch (ModelException e) {
            throw new IllegalStateException(e);
        }
    }

    private static TensorSet middle(TensorSet inputs, int labels) {
        FloatBuffer pixels = Objects.requireNonNull(inputs.get("pixels")).floats();
        int plane = BOX_SIDE * BOX_SIDE;
        int at = plane / 2 + BOX_SIDE / 2;
        float[] boxes = new float[(4 + labels) * BOXES];
        float[] one = {32, 32, 10, 10, pixels.get(at), pixels.get(2 * plane + at)};
        for (int i = 0; i < 4 + labels; i++) {
            boxes[i * BOXES] = one[i];
        }
        return new TensorSet(Map.of("boxes", Tensor.of(List.of(1L, 4L + labels, (long) BOXES), boxes)));
    }

    /** An image that no other seed gives. */
    static BufferedImage image(int seed) {
        Random random = new Random(seed);
        int[] colours = random.ints(GRID * GRID, 0, 1 << 24).toArray();
        BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_INT_RGB);
        for (int y = 0; y < SIDE; y++) {
            for (int x = 0; x < SIDE; x++) {
                image.setRGB(x, y, colours[y * GRID / SIDE * GRID + x * GRID / SIDE]);
            }
        }
        return image;
    }

    static byte[] file(BufferedImage image, String format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, format, out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    static byte[] png(int seed) {
        return file(image(seed), "png");
    }
}
