package phifleet.inference.vision.decode;

import phifleet.inference.vision.decode.Picture.Inks;

/** The headers of a BMP file (Microsoft's BITMAPFILEHEADER, and BITMAPCOREHEADER to BITMAPV5HEADER behind it). */
final class BmpFile {
    private static final int OLD_HEADER = 12;
    private static final int FIRST_WITH_COLOUR_SPACE = 108;
    private static final int SRGB = 0x73524742;
    private static final int RLE_8 = 1;
    private static final int RLE_4 = 2;
    private static final int BIT_FIELDS = 3;
    private static final int ALPHA_BIT_FIELDS = 6;

    private BmpFile() {}

    static Picture read(Bytes file, ImageLimits limits) throws ImageException {
        file.require(0, 26, "the BMP header");
        long header = file.u32le(14);
        file.require(14, header, "the BMP header");
        boolean old = header == OLD_HEADER;
        if (!old && header < 40) {
            throw ImageException.broken("the BMP's header has a length of " + header);
        }
        int width = old ? file.u16le(18) : (int) file.u32le(18);
        // A negative height says that the upper row comes first.
        long height = old ? file.u16le(20) : Math.abs((long) (int) file.u32le(22));
        int bits = file.u16le(old ? 24 : 28);
        long compression = old ? 0 : file.u32le(30);
        limits.check(ImageFormat.BMP, width, height);
        if (compression > BIT_FIELDS && compression != ALPHA_BIT_FIELDS) {
            throw ImageException.unsupported("BMP by compression " + compression + ": 0 to 3 and 6 are decoded");
        }
        long pixels = file.u32le(10);
        file.require(pixels, 0, "the BMP header");
        if (compression != RLE_8 && compression != RLE_4) {
            file.require(pixels, (width * (long) bits + 31) / 32 * 4 * height, "the BMP's pixels");
        }
        byte[] copy = file.data().clone();
        // Lengths that a decoder would take memory for, and a colour space that it would look for.
        put(copy, 2, copy.length);
        if (!old) {
            put(copy, 34, copy.length - (int) pixels);
            if (header >= FIRST_WITH_COLOUR_SPACE) {
                put(copy, 70, SRGB);
            }
        }
        Canvas canvas = Canvas.of(width, (int) height);
        return new Picture(
                ImageFormat.BMP,
                new Bytes(copy),
                width,
                (int) height,
                canvas,
                Orientation.UPRIGHT,
                Inks.COLOUR,
                Memory.ofSamples(4));
    }

    private static void put(byte[] into, int at, int value) {
        for (int i = 0; i < 4; i++) {
            into[at + i] = (byte) (value >> (8 * i));
        }
    }
}
