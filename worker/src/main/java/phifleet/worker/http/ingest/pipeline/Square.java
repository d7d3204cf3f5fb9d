package phifleet.worker.http.ingest.pipeline;

import phifleet.inference.vision.decode.Image;
import phifleet.worker.index.Detected;

/**
 * The part of an image that shows something found in it: its box, widened to a square where the image has room for one, since encoders
 * take squares and would cut off a standing person's head and feet.
 *
 * @param left in pixels of the image, as the others
 */
record Square(int left, int top, int width, int height) {

    /** Within an image of that size; of at least one pixel, wherever the box lies. */
    static Square around(Detected thing, int imageWidth, int imageHeight) {
        int x1 = Math.clamp((long) Math.floor(thing.x1()), 0, imageWidth - 1);
        int y1 = Math.clamp((long) Math.floor(thing.y1()), 0, imageHeight - 1);
        int x2 = Math.clamp((long) Math.ceil(thing.x2()), x1 + 1, imageWidth);
        int y2 = Math.clamp((long) Math.ceil(thing.y2()), y1 + 1, imageHeight);
        int side = Math.max(x2 - x1, y2 - y1);
        int width = Math.min(side, imageWidth);
        int height = Math.min(side, imageHeight);
        return new Square(
                Math.clamp((x1 + x2 - width) / 2, 0, imageWidth - width),
                Math.clamp((y1 + y2 - height) / 2, 0, imageHeight - height),
                width,
                height);
    }

    /** Its pixels, in a copy. */
    Image of(Image image) {
        byte[] pixels = new byte[3 * width * height];
        for (int y = 0; y < height; y++) {
            System.arraycopy(image.rgb(), 3 * ((top + y) * image.width() + left), pixels, 3 * y * width, 3 * width);
        }
        return new Image(width, height, pixels);
    }
}
