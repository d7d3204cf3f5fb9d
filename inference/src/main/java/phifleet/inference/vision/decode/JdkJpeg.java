package phifleet.inference.vision.decode;

import java.awt.color.ColorSpace;
import java.awt.image.BufferedImage;
import java.awt.image.ComponentColorModel;
import java.awt.image.DataBuffer;
import java.awt.image.DataBufferByte;
import java.awt.image.Raster;
import java.awt.image.WritableRaster;
import java.io.IOException;
import javax.imageio.ImageReadParam;
import javax.imageio.ImageReader;

/**
 * JPEG by the JDK's own decoder, which does luma and chroma with all their rows by itself.
 *
 * <p>Its native part makes a string of the first warning about a broken file while it holds an array (sun_jpeg_output_message, JDK 25).
 * With the serial and the parallel collector such an array keeps collections waiting, so where just that string needs one, it is
 * waited for for ever, and with it all else: seen once, in a test. G1 has no such wait.
 */
final class JdkJpeg {
    private JdkJpeg() {}

    static Image read(ImageReader reader, Picture picture) throws IOException, ImageException {
        return switch (picture.inks()) {
            case GREY -> Pixels.of(reader.read(0));
            case COLOUR -> rgb(reader, picture.width(), picture.height());
            case HALF_THE_ROWS -> LumaChroma.smoothed(raster(reader), picture.halvedRows());
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
