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
 */
public record Placement(int width, int height, double scaleX, double scaleY, int left, int top) {

    /** An input that is the image itself. */
    static Placement whole(Image image) {
        return new Placement(image.width(), image.height(), 1, 1, 0, 0);
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
