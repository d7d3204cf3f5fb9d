package phifleet.inference.vision.decode;

import phifleet.inference.vision.decode.Picture.Inks;

/**
 * What decoding a file takes beside a copy of it.
 *
 * @param bytesPerPixel of the heap, by a decoder in Java: the samples as they are stored, and the three of the image
 * @param outside bytes outside of the heap: the coefficients of a JPEG whose pixels come in several scans, the planes of a HEIC
 */
record Memory(int bytesPerPixel, long outside) {
    private static final int IMAGE = 3;

    /** Where the decoder's samples are the image's. */
    static final Memory STRAIGHT = new Memory(IMAGE, 0);

    static Memory ofSamples(int bytesPerPixel) {
        return new Memory(bytesPerPixel + IMAGE, 0);
    }

    static Memory ofJpeg(Inks inks, long coefficients) {
        return switch (inks) {
            // Straight into the image.
            case COLOUR -> new Memory(IMAGE, coefficients);
            case GREY -> new Memory(1 + IMAGE, coefficients);
            case HALF_THE_ROWS -> new Memory(3 + IMAGE, coefficients);
            case CMYK, YCCK -> new Memory(4 + IMAGE, coefficients);
        };
    }
}
