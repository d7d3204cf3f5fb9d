package phifleet.inference.vision.decode;

import java.awt.image.BufferedImage;
import java.awt.image.ColorModel;
import java.awt.image.DataBufferByte;
import java.awt.image.IndexColorModel;
import java.awt.image.PixelInterleavedSampleModel;
import java.awt.image.Raster;

/**
 * The samples that a decoder gave, as bytes of red, green and blue. Samples are taken as they lie there: Java's own way to a
 * colour goes through colour spaces, which makes grey ones brighter. Transparency is dropped, samples of 16 bits lose the lower 8.
 */
final class Pixels {
    private Pixels() {}

    static Image of(BufferedImage image) throws ImageException {
        ColorModel colours = image.getColorModel();
        if (colours instanceof IndexColorModel palette) {
            return ofPalette(image.getRaster(), palette);
        }
        return of(image.getRaster(), colours.isAlphaPremultiplied());
    }

    private static Image ofPalette(Raster raster, IndexColorModel palette) {
        int[] colours = new int[1 << 16];
        palette.getRGBs(colours);
        int width = raster.getWidth();
        byte[] rgb = new byte[3 * width * raster.getHeight()];
        int[] row = new int[width];
        int at = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int index : row) {
                int colour = colours[index & 0xFFFF];
                rgb[at++] = (byte) (colour >> 16);
                rgb[at++] = (byte) (colour >> 8);
                rgb[at++] = (byte) colour;
            }
        }
        return new Image(width, raster.getHeight(), rgb);
    }

    private static Image of(Raster raster, boolean premultiplied) throws ImageException {
        int bands = raster.getNumBands();
        if (premultiplied || bands > 4) {
            throw ImageException.unsupported("pixels of " + bands + " channels in this form are not decoded");
        }
        int width = raster.getWidth();
        int height = raster.getHeight();
        if (raster.getSampleModel() instanceof PixelInterleavedSampleModel model
                && raster.getDataBuffer() instanceof DataBufferByte data
                && data.getNumBanks() == 1
                && raster.getSampleModelTranslateX() == 0
                && raster.getSampleModelTranslateY() == 0) {
            return new Image(width, height, interleaved(model, data.getData(), data.getOffset(), width, height));
        }
        return new Image(width, height, ofSamples(raster));
    }

    /** 8 bits a sample, which is what nearly all pictures have. */
    private static byte[] interleaved(PixelInterleavedSampleModel model, byte[] data, int from, int width, int height) {
        int[] offsets = model.getBandOffsets();
        boolean grey = offsets.length < 3;
        int red = from + offsets[0];
        int green = from + offsets[grey ? 0 : 1];
        int blue = from + offsets[grey ? 0 : 2];
        int step = model.getPixelStride();
        if (red == 0
                && green == 1
                && blue == 2
                && step == 3
                && model.getScanlineStride() == 3 * width
                && data.length == 3 * width * height) {
            return data;
        }
        byte[] rgb = new byte[3 * width * height];
        int at = 0;
        for (int y = 0; y < height; y++) {
            int pixel = y * model.getScanlineStride();
            for (int x = 0; x < width; x++) {
                rgb[at++] = data[red + pixel];
                rgb[at++] = data[green + pixel];
                rgb[at++] = data[blue + pixel];
                pixel += step;
            }
        }
        return rgb;
    }

    private static byte[] ofSamples(Raster raster) {
        int bands = raster.getNumBands();
        boolean grey = bands < 3;
        int width = raster.getWidth();
        int[] size = raster.getSampleModel().getSampleSize();
        byte[] rgb = new byte[3 * width * raster.getHeight()];
        int[] row = new int[width * bands];
        int at = 0;
        for (int y = 0; y < raster.getHeight(); y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < width; x++) {
                for (int channel = 0; channel < 3; channel++) {
                    int band = grey ? 0 : channel;
                    rgb[at++] = eightBits(row[x * bands + band], size[band]);
                }
            }
        }
        return rgb;
    }

    private static byte eightBits(int sample, int bits) {
        return (byte) (bits >= 8 ? sample >> (bits - 8) : sample * 255 / ((1 << bits) - 1));
    }
}
