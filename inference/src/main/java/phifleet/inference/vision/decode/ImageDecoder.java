package phifleet.inference.vision.decode;

import com.twelvemonkeys.imageio.stream.ByteArrayImageInputStream;
import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.EOFException;
import java.io.IOException;
import java.util.Iterator;
import javax.imageio.ImageIO;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * Decodes JPEG (baseline and progressive; grey, colour, CMYK and YCCK), PNG (all types), GIF and WebP (of an animation the first
 * frame) and BMP, and turns the picture upright by what EXIF says.
 *
 * <p>A file is walked from its first byte to its last before a decoder sees it: its size is held against the limits while there
 * is no memory for a pixel yet, a file that was cut is told by what is missing, and the decoder gets the parts that the pixels
 * need and no others. The colours are those that Pillow's {@code convert("RGB")} gives: profiles are not applied, transparency is
 * dropped; only 16-bit grey, which Pillow clips, keeps its upper 8 bits.
 *
 * <p>Decoders are the JDK's, and TwelveMonkeys' for WebP (BSD-3-Clause). Several threads may call at once; work is done on the caller's.
 */
public final class ImageDecoder {
    static {
        // Files come in memory and stay there; a decoder that looks into a part of one must not write it to a disk.
        ImageIO.setUseCache(false);
    }

    private final ImageLimits limits;

    public ImageDecoder(ImageLimits limits) {
        this.limits = limits;
    }

    /**
     * Decodes a file.
     *
     * @param file a whole file, which is not changed
     * @throws ImageException whatever is wrong with it: nothing else is thrown, except where the heap is too small for what the
     *     limits allow
     */
    public Image decode(byte[] file) throws ImageException {
        Bytes bytes = new Bytes(file);
        ImageFormat format = ImageFormat.of(bytes);
        Picture picture = switch (format) {
            case JPEG -> JpegFile.read(bytes, limits);
            case PNG -> PngFile.read(bytes, limits);
            case GIF -> GifFile.read(bytes, limits);
            case WEBP -> WebpFile.read(bytes, limits);
            case BMP -> BmpFile.read(bytes, limits);
            case HEIC, AVIF, VIDEO, TIFF, PDF, JPEG_2000, JPEG_XL, PHOTOSHOP, ICON, SVG, ZIP, GZIP ->
                throw new AssertionError(format);
        };
        Image frame = pixels(picture);
        if (frame.width() != picture.width() || frame.height() != picture.height()) {
            throw ImageException.broken(format.label() + " of " + picture.width() + " x " + picture.height()
                    + " pixels has " + frame.width() + " x " + frame.height());
        }
        return picture.orientation().upright(picture.canvas().with(frame));
    }

    private static Image pixels(Picture picture) throws ImageException {
        Iterator<ImageReader> readers =
                ImageIO.getImageReadersByFormatName(picture.format().name());
        if (!readers.hasNext()) {
            throw new IllegalStateException("no decoder for " + picture.format().label() + " on the class path");
        }
        ImageReader reader = readers.next();
        try (ByteArrayImageInputStream stream =
                new ByteArrayImageInputStream(picture.file().data())) {
            reader.setInput(stream, true, true);
            return picture.format() == ImageFormat.JPEG ? jpeg(reader, picture) : Pixels.of(reader.read(0));
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

    private static Image jpeg(ImageReader reader, Picture picture) throws IOException, ImageException {
        return switch (picture.inks()) {
            case GREY -> Pixels.of(reader.read(0));
            case COLOUR -> rgb(reader, picture.width(), picture.height());
            case HALF_THE_ROWS -> LumaChroma.smoothed(raster(reader));
            case CMYK -> FourInks.toRgb(raster(reader), false);
            case YCCK -> FourInks.toRgb(raster(reader), true);
        };
    }

    private static Raster raster(ImageReader reader) throws IOException {
        return reader.readRaster(0, reader.getDefaultReadParam());
    }

    /** Straight into the memory of the image. */
    private static Image rgb(ImageReader reader, int width, int height) throws IOException {
        byte[] memory = new byte[3 * width * height];
        WritableRaster raster = Raster.createInterleavedRaster(
                new DataBufferByte(memory, memory.length), width, height, 3 * width, 3, new int[] {0, 1, 2}, null);
        ColorSpace space = ColorSpace.getInstance(ColorSpace.CS_sRGB);
        ComponentColorModel colours =
                new ComponentColorModel(space, false, false, ComponentColorModel.OPAQUE, DataBuffer.TYPE_BYTE);
        ImageReadParam param = reader.getDefaultReadParam();
        param.setDestination(new BufferedImage(colours, raster, false, null));
        reader.read(0, param);
        return new Image(width, height, memory);
    }
}
