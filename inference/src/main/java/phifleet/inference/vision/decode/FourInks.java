package phifleet.inference.vision.decode;

import java.awt.image.Raster;

/**
 * JPEG with four components: cyan, magenta, yellow and black, as they are or with the first three as luma and chroma (YCCK). All
 * programs that write it store the inverse of each. Colours come out without a profile, as Pillow makes them.
 */
final class FourInks {
    private FourInks() {}

    /** @param chroma whether the first three components are luma and chroma: Adobe's transform 2 */
    static Image toRgb(Raster raster, boolean chroma) throws ImageException {
        if (raster.getNumBands() != 4) {
            throw ImageException.broken("the JPEG has " + raster.getNumBands() + " components in place of 4");
        }
        int width = raster.getWidth();
        int height = raster.getHeight();
        byte[] rgb = new byte[3 * width * height];
        int[] row = new int[4 * width];
        int at = 0;
        for (int y = 0; y < height; y++) {
            raster.getPixels(raster.getMinX(), raster.getMinY() + y, width, 1, row);
            for (int x = 0; x < row.length; x += 4) {
                if (chroma) {
                    inks(row, x);
                }
                int black = row[x + 3];
                for (int ink = 0; ink < 3; ink++) {
                    rgb[at++] = (byte) Math.max(black - times(255 - row[x + ink], black), 0);
                }
            }
        }
        return new Image(width, height, rgb);
    }

    /** The colours of luma and chroma are the inverse of the inks. */
    private static void inks(int[] row, int at) {
        int luma = row[at];
        int blue = row[at + 1];
        int red = row[at + 2];
        row[at] = 255 - LumaChroma.red(luma, red);
        row[at + 1] = 255 - LumaChroma.green(luma, blue, red);
        row[at + 2] = 255 - LumaChroma.blue(luma, blue);
    }

    /** A product of two shares of 255, rounded. */
    private static int times(int a, int b) {
        int product = a * b + 128;
        return ((product >> 8) + product) >> 8;
    }
}
