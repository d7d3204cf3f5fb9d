package phifleet.inference.vision.output;

import phifleet.inference.vision.decode.Image;

/**
 * Where an image lies in a model's input: at first by the scale, then moved.
 *
 * @param width of the original image, upright
 * @param height of the same
 * @param scaleX pixels of the input a pixel of the original
 * @param left where the original's left edge lies in the input; negative where it was cropped away
 * @param top likewise
 * @param inputWidth of the input, in pixels, as far as a model tells shares of it: one that is told where the image ends by a mask sees no
 *     more than the image
 * @param inputHeight likewise
 */
public record Placement(
        int width, int height, double scaleX, double scaleY, int left, int top, int inputWidth, int inputHeight) {

    /** An input that is the image itself. */
    static Placement whole(Image image) {
        return new Placement(image.width(), image.height(), 1, 1, 0, 0, image.width(), image.height());
    }

    /** The same for a model that tells shares of so much of its input. */
    public Placement ofShown(int shownWidth, int shownHeight) {
        return new Placement(width, height, scaleX, scaleY, left, top, shownWidth, shownHeight);
    }

    /** A box of the input, in pixels of the original. It may reach past the edges, where the model saw a thing reach there. */
    public Box toOriginal(Box box) {
        return new Box(
                (box.x1() - left) / scaleX,
                (box.y1() - top) / scaleY,
                (box.x2() - left) / scaleX,
                (box.y2() - top) / scaleY);
    }
}
