package phifleet.inference.vision.decode;

import java.awt.image.Raster;

/**
 * From luma and chroma to colours: JFIF 1.02's equations in libjpeg's fixed point of 16 bits. And a JPEG of which a
 * component has half the rows (4:4:0, which is 4:2:2 turned by a quarter): the JDK's decoder repeats rows there, libjpeg-turbo's smooths them.
 */
final class LumaChroma {
    private static final int HALF = 1 << 15;

    private LumaChroma() {}

    static int red(int luma, int red) {
        return Math.clamp(luma + ((91_881 * (red - 128) + HALF) >> 16), 0, 255);
    }

    static int green(int luma, int blue, int red) {
        return Math.clamp(luma + ((-22_554 * (blue - 128) - 46_802 * (red - 128) + HALF) >> 16), 0, 255);
    }

    static int blue(int luma, int blue) {
        return Math.clamp(luma + ((116_130 * (blue - 128) + HALF) >> 16), 0, 255);
    }

    /**
     * Smooths what has half of the rows, and makes colours.
     *
     * @param raster luma and chroma, where each such row is there twice
     * @param halved the components that have half of the rows, a bit each
     */
    static Image smoothed(Raster raster, int halved) throws ImageException {
        if (raster.getNumBands() != 3) {
            throw ImageException.broken("the JPEG has " + raster.getNumBands() + " components in place of 3");
        }
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] rgb = new byte[3 * width * height];
        int[] row = new int[3 * width];
        int[] other = new int[3 * width];
        int at = 0;
        for (int y = 0; y < height; y++) {
            // The upper one of two rows lies nearer to the row above, the lower one nearer to that below.
            int neighbour = Math.clamp((y & 1) == 0 ? y - 1 : y + 1, 0, height - 1);
            int rounding = (y & 1) == 0 ? 1 : 2;
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            raster.getPixels(raster.getMinX(), raster.getMinY() + neighbour, width, 1, other);
            for (int component = 0; component < 3; component++) {
                if ((halved & 1 << component) != 0) {
                    for (int i = component; i < row.length; i += 3) {
                        row[i] = (3 * row[i] + other[i] + rounding) >> 2;
                    }
                }
            }
            for (int x = 0; x < row.length; x += 3) {
                rgb[at++] = (byte) red(row[x], row[x + 2]);
                rgb[at++] = (byte) green(row[x], row[x + 1], row[x + 2]);
                rgb[at++] = (byte) blue(row[x], row[x + 1]);
            }
        }
        return new Image(width, height, rgb);
    }
}
