package phifleet.inference.vision;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.imageio.ImageIO;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import phifleet.inference.vision.ImagePreparation.Prepared;
import phifleet.inference.vision.decode.Image;
import phifleet.inference.vision.decode.ImageDecoder;
import phifleet.inference.vision.decode.ImageException;
import phifleet.inference.vision.decode.ImageLimits;

/** What an image costs before a model sees it: a JPEG decoded, and decoded and prepared for a classifier and for a detector. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 2)
@Fork(1)
public class ImageBench {
    @Param({"640x480", "1920x1080"})
    String size = "";

    private final ImageDecoder decoder = new ImageDecoder(ImageLimits.DEFAULT);
    private byte[] file = {};
    private Image image = new Image(1, 1, new byte[3]);

    /** Waves with some noise, so that there is something to decode in each block. */
    @Setup
    public void jpeg() throws IOException, ImageException {
        int width = Integer.parseInt(size.substring(0, size.indexOf('x')));
        int height = Integer.parseInt(size.substring(size.indexOf('x') + 1));
        BufferedImage picture = new BufferedImage(width, height, BufferedImage.TYPE_3BYTE_BGR);
        Random random = new Random(1);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                int red = 128 + (int) (90 * Math.sin(x / 17.0 + y / 90.0)) + random.nextInt(12);
                int green = 128 + (int) (90 * Math.sin(x / 60.0 - y / 13.0)) + random.nextInt(12);
                picture.setRGB(x, y, red << 16 | green << 8 | (x + y & 0xFF));
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(picture, "jpeg", out);
        file = out.toByteArray();
        image = decoder.decode(file);
    }

    @Benchmark
    public Image decode() throws ImageException {
        return decoder.decode(file);
    }

    @Benchmark
    public Prepared decodeForClassifier() throws ImageException {
        return ImagePreparation.prepare(Preprocessings.IMAGENET, decoder.decode(file));
    }

    @Benchmark
    public Prepared decodeForDetector() throws ImageException {
        return ImagePreparation.prepare(Preprocessings.yolo(640, 640), decoder.decode(file));
    }

    @Benchmark
    public Prepared prepareForClassifier() throws ImageException {
        return ImagePreparation.prepare(Preprocessings.IMAGENET, image);
    }
}
