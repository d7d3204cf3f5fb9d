package phifleet.inference.vision.decode;

/**
 * A file that was looked through up to its end: what is in it, and what of it a decoder has to see.
 *
 * @param file that part
 * @param width of the pixels in it; these three were held against the limits
 * @param height of the same
 * @param canvas where they lie
 * @param orientation what to do with all of it
 * @param inks how its colours are stored
 * @param memory what decoding takes in Java
 * @param halvedRows components of a JPEG that have half of its rows and all of its columns, a bit each
 */
record Picture(
        ImageFormat format,
        Bytes file,
        int width,
        int height,
        Canvas canvas,
        Orientation orientation,
        Inks inks,
        Memory memory,
        int halvedRows) {

    Picture(
            ImageFormat format,
            Bytes file,
            int width,
            int height,
            Canvas canvas,
            Orientation orientation,
            Inks inks,
            Memory memory) {
        this(format, file, width, height, canvas, orientation, inks, memory, 0);
    }

    /** How far it may be reduced for one to whom that detail is enough. */
    Reduction reduction(Detail detail) throws ImageException {
        return Reduction.leaving(orientation.turns() ? detail.part(height, width) : detail.part(width, height));
    }

    /** How a JPEG stores its colours; for other formats their decoders know. */
    enum Inks {
        GREY,
        COLOUR,
        /** Luma and chroma, of which some have half the rows. */
        HALF_THE_ROWS,
        CMYK,
        /** CMYK with luma and chroma in the place of the first three. */
        YCCK
    }
}
