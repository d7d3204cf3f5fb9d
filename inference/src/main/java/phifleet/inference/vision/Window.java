package phifleet.inference.vision;

/** A part of an image, in pixels. */
record Window(int left, int top, int width, int height) {
    boolean isAll(int imageWidth, int imageHeight) {
        return left == 0 && top == 0 && width == imageWidth && height == imageHeight;
    }
}
