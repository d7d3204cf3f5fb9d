package phifleet.inference.vision.decode;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import org.jspecify.annotations.Nullable;

/**
 * Decodes JPEG (baseline and progressive; grey, colour, CMYK and YCCK), PNG (all types), GIF and WebP (of an animation the first
 * frame) and BMP, and turns the picture upright by what EXIF says; and HEIC where libheif is there.
 *
 * <p>A file is walked from its first byte to its last before a decoder sees it: its size is held against the limits while there
 * is no memory for a pixel yet, a file that was cut is told by what is missing, and the decoder gets the parts that the pixels
 * need and no others. The colours are those that Pillow's {@code convert("RGB")} gives: profiles are not applied, transparency is
 * dropped; only 16-bit grey, which Pillow clips, keeps its upper 8 bits.
 *
 * <p>Decoders are libjpeg-turbo where it is there, the JDK's, TwelveMonkeys' for WebP (BSD-3-Clause) and libheif. Several threads may call at
 * once; work is done on the caller's, which waits where the others have taken all of the memory.
 */
public final class ImageDecoder {
    /** The heap holds much else; and what one byte of it is left for is too large for this machine. */
    private static final int PART_OF_HEAP = 2;

    private static final int CHANNELS = 3;

    /** What is kept of the memory while nobody decodes. */
    private static final int PART_OF_BUDGET = 4;

    private static final PixelArrays NO_ARRAYS = new PixelArrays(0);

    static {
        // Files come in memory and stay there; a decoder that looks into a part of one must not write it to a disk.
        ImageIO.setUseCache(false);
    }

    private final ImageLimits limits;
    private final JpegLibrary jpeg;
    private final HeifLibrary heif;
    private final PixelBudget budget;
    private final PixelArrays arrays;

    /** What is done with an image while its memory is counted. */
    @FunctionalInterface
    public interface Use<T> {
        T of(Image image) throws ImageException;
    }

    /** With libjpeg-turbo and libheif where the system has them, and half of the heap. */
    public ImageDecoder(ImageLimits limits) {
        this(limits, JpegLibrary.find(), HeifLibrary.find(), PixelBudget.ofHeap(PART_OF_HEAP));
    }

    /** HEIC is refused. */
    public ImageDecoder(ImageLimits limits, JpegLibrary jpeg, PixelBudget budget) {
        this(limits, jpeg, HeifLibrary.NONE, budget);
    }

    public ImageDecoder(ImageLimits limits, JpegLibrary jpeg, HeifLibrary heif, PixelBudget budget) {
        this.limits = limits;
        this.jpeg = jpeg;
        this.heif = heif;
        this.budget = budget;
        this.arrays = new PixelArrays(budget.bytes() / PART_OF_BUDGET);
    }

    /**
     * Decodes a file.
     *
     * @param file a whole file, which is not changed
     * @throws ImageException whatever is wrong with it: nothing else is thrown
     */
    public Image decode(byte[] file) throws ImageException {
        return decode(file, Detail.ALL);
    }

    /** The same, with as much detail as is of use, or more; the image says what it shows. */
    public Image decode(byte[] file, Detail detail) throws ImageException {
        return decode(file, detail, image -> image, NO_ARRAYS);
    }

    /**
     * The same, with the image's memory counted until it was used. Afterwards it is another image's: who needs it longer takes
     * {@link Image#kept}.
     *
     * @throws ImageException what is wrong with the file, or what {@code use} throws
     */
    public <T> T decode(byte[] file, Detail detail, Use<T> use) throws ImageException {
        return decode(file, detail, use, arrays);
    }

    private <T> T decode(byte[] file, Detail detail, Use<T> use, PixelArrays arrays) throws ImageException {
        Picture picture = read(new Bytes(file));
        @Nullable TurboJpeg turbo = jpeg.turboFor(picture);
        Reduction wanted = picture.reduction(detail);
        Reduction reduction = turbo == null ? Reduction.NONE : wanted;
        PixelBudget.Lease memory = memory(picture, reduction, turbo != null);
        try {
            Image image = turbo == null ? upright(picture) : turbo.decode(picture, reduction, arrays);
            T used = use.of(Coded.standsFor(picture) ? image.with(Coded.of(picture)) : image);
            arrays.give(image.rgb());
            return used;
        } finally {
            memory.close();
        }
    }

    private Image upright(Picture picture) throws ImageException {
        Image image = picture.format() == ImageFormat.HEIC ? heif.decode(picture) : pixels(picture);
        return picture.orientation().upright(image);
    }

    private PixelBudget.Lease memory(Picture picture, Reduction reduction, boolean byTurbo) throws ImageException {
        long pixels = (long) reduction.of(picture.width()) * reduction.of(picture.height());
        Memory memory = picture.memory();
        boolean outside = byTurbo || picture.format() == ImageFormat.HEIC;
        long heap = pixels * (outside ? CHANNELS : memory.bytesPerPixel());
        if (picture.orientation() != Orientation.UPRIGHT && !byTurbo) {
            heap += CHANNELS * pixels;
        }
        if (!picture.canvas().covers(picture.width(), picture.height())) {
            heap += (long) CHANNELS
                    * picture.canvas().width()
                    * picture.canvas().height();
        }
        long pixelsOutside = outside ? CHANNELS * pixels : 0;
        return budget.take(picture.format(), picture.width(), picture.height(), heap, pixelsOutside + memory.outside());
    }

    private Picture read(Bytes file) throws ImageException {
        ImageFormat format = ImageFormat.of(file);
        return switch (format) {
            case JPEG -> JpegFile.read(file, limits);
            case PNG -> PngFile.read(file, limits);
            case GIF -> GifFile.read(file, limits);
            case WEBP -> WebpFile.read(file, limits);
            case BMP -> BmpFile.read(file, limits);
            case HEIC -> {
                heif.require();
                yield HeicFile.read(file, limits);
            }
            case AVIF, VIDEO, TIFF, PDF, JPEG_2000, JPEG_XL, PHOTOSHOP, ICON, SVG, ZIP, GZIP ->
                throw new AssertionError(format);
        };
    }

    private static Image pixels(Picture picture) throws ImageException {
        Image frame = frame(picture);
        if (frame.width() != picture.width() || frame.height() != picture.height()) {
            throw ImageException.broken(picture.format().label() + " of " + picture.width() + " x " + picture.height()
                    + " pixels has " + frame.width() + " x " + frame.height());
        }
        return picture.canvas().with(frame);
    }

    private static Image frame(Picture picture) throws ImageException {
        Iterator<ImageReader> readers =
                ImageIO.getImageReadersByFormatName(picture.format().name());
        if (!readers.hasNext()) {
            throw new IllegalStateException("no decoder for " + picture.format().label() + " on the class path");
        }
        ImageReader reader = readers.next();
        try (ByteArrayImageInputStream stream =
                new ByteArrayImageInputStream(picture.file().data())) {
            reader.setInput(stream, true, true);
            return picture.format() == ImageFormat.JPEG ? JdkJpeg.read(reader, picture) : Pixels.of(reader.read(0));
        } catch (IOException | RuntimeException e) {
            throw new ImageException(
                    picture.format().label() + " of " + picture.width() + " x " + picture.height()
                            + " pixels cannot be decoded: " + reason(e),
                    e);
        } finally {
            reader.dispose();
        }
    }

    private static String reason(Exception e) {
        if (e instanceof EOFException) {
            return "its data end too early";
        }
        // What a decoder meant to say has a message; where it stumbled there is none, or one about its own arrays.
        return e instanceof IOException && e.getMessage() != null ? e.getMessage() : "its data contradict each other";
    }
}
