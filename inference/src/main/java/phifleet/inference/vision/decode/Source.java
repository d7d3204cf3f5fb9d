package phifleet.inference.vision.decode;

/**
 * What an image shows: a picture in the size that its file has, and where that lies among the image's pixels. The last column or
 * row of a reduced image may reach past the picture's edge.
 *
 * @param width of the upright picture in its file, in pixels
 * @param height the same
 * @param left where its edge lies, in pixels of the image
 * @param across its width in pixels of the image
 */
public record Source(int width, int height, double left, double top, double across, double down) {
    static Source whole(int width, int height) {
        return new Source(width, height, 0, 0, width, height);
    }
}
