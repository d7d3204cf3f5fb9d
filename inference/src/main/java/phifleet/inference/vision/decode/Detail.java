package phifleet.inference.vision.decode;

/** How much of a picture's detail is of use to whom it is decoded for. */
@FunctionalInterface
public interface Detail {
    /** Every pixel. */
    Detail ALL = (width, height) -> 1;

    /**
     * The least part of its width and height, above 0, that still serves; 1 and more for all of it.
     *
     * @param width of the upright picture, in pixels
     * @throws ImageException if a picture of that size is of no use
     */
    double part(int width, int height) throws ImageException;
}
