package phifleet.inference.vision;

import phifleet.inference.model.Filter;
import phifleet.inference.model.Preprocessing;
import phifleet.inference.model.Preprocessing.Crop;
import phifleet.inference.model.Resize;
import phifleet.inference.model.Resize.Anchor;
import phifleet.inference.model.Resize.Rounding;
import phifleet.inference.vision.decode.Canvas;
import phifleet.inference.vision.decode.Image;
import phifleet.inference.vision.decode.ImageException;
import phifleet.inference.vision.output.Placement;

/**
 * What a {@link Preprocessing} does to one image in pixels: the size that it gets, and where that lies in the part of the input that is made of
 * pixels. What lies outside of that part to the right and below, as far as the placement's input goes, has zeros for numbers.
 *
 * @param width that the image is resized to
 * @param height the same
 * @param inputWidth of the model's input, without what has zeros
 * @param left where the resized image's edge lies in the input; negative where it is cut off
 * @param pad what the input holds outside of it
 */
record ImagePlan(
        int width, int height, int inputWidth, int inputHeight, int left, int top, int pad, Placement placement) {

    /** Of an upright picture, in pixels. */
    record Size(int width, int height) {
        static Size of(Image image) {
            return new Size(image.source().width(), image.source().height());
        }
    }

    /** The most pixels that a resized image may have, in the part of it that is kept. */
    private static final long MOST_PIXELS = 100_000_000;

    /** The longest side of a resized image, kept or not. */
    private static final int MOST_SIDE = 1 << 20;

    /** For a picture of the size that its file has, whatever of it was decoded. */
    static ImagePlan of(Preprocessing wanted, Size image) throws ImageException {
        ImagePlan resized = resized(wanted.resize(), image);
        ImagePlan framing = wanted.crop().map(resized::cropped).orElse(resized);
        if (Math.max(framing.width, framing.height) > MOST_SIDE || framing.inputPixels() > MOST_PIXELS) {
            throw ImageException.tooLarge("the image of " + image.width() + " x " + image.height()
                    + " pixels would become one of " + framing.width + " x " + framing.height
                    + " for this model: its sides differ too much");
        }
        return framing;
    }

    private long inputPixels() {
        return (long) placement.inputWidth() * placement.inputHeight();
    }

    private static ImagePlan resized(Resize resize, Size image) throws ImageException {
        return switch (resize) {
            case Resize.None() -> whole(image, image.width(), image.height());
            case Resize.Stretch(int width, int height) -> whole(image, width, height);
            case Resize.ShortestSide side ->
                image.width() <= image.height()
                        ? whole(image, side.size(), side.other(image.width(), image.height()))
                        : whole(image, side.other(image.height(), image.width()), side.size());
            case Resize.Letterbox box -> letterboxed(box, image);
            case Resize.Edges edges -> whole(image, EdgeSizes.of(edges, image));
            case Resize.Within frame -> whole(image, EdgeSizes.of(frame, image));
            case Resize.Fitted fitted -> whole(image, EdgeSizes.of(fitted, image));
            case Resize.Padded padded -> padded(padded, resized(padded.image(), image));
        };
    }

    private static ImagePlan padded(Resize.Padded padded, ImagePlan image) throws ImageException {
        if (image.inputWidth > padded.width() || image.inputHeight > padded.height()) {
            throw ImageException.tooLarge("the image of " + image.placement.width() + " x " + image.placement.height()
                    + " pixels would become one of " + image.inputWidth + " x " + image.inputHeight
                    + " for this model, whose input has " + padded.width() + " x " + padded.height());
        }
        return new ImagePlan(
                image.width,
                image.height,
                image.inputWidth,
                image.inputHeight,
                image.left,
                image.top,
                image.pad,
                image.placement.ofShown(padded.width(), padded.height()));
    }

    private static ImagePlan whole(Size image, Size size) {
        return whole(image, size.width(), size.height());
    }

    private static ImagePlan whole(Size image, int width, int height) {
        double scaleX = (double) width / image.width();
        double scaleY = (double) height / image.height();
        Placement placement = new Placement(image.width(), image.height(), scaleX, scaleY, 0, 0, width, height);
        return new ImagePlan(width, height, width, height, 0, 0, 0, placement);
    }

    private static ImagePlan letterboxed(Resize.Letterbox box, Size image) {
        double fit = Math.min((double) box.height() / image.height(), (double) box.width() / image.width());
        double scale = box.enlarge() ? fit : Math.min(fit, 1);
        int width = side(image.width() * scale, box.rounding(), box.width());
        int height = side(image.height() * scale, box.rounding(), box.height());
        boolean center = box.anchor() == Anchor.CENTER;
        // Half of an odd rest: the smaller part comes first.
        int left = center ? (int) Math.rint((box.width() - width) / 2.0 - 0.1) : 0;
        int top = center ? (int) Math.rint((box.height() - height) / 2.0 - 0.1) : 0;
        // The scale before sides were rounded, which is what these models' own programs go back by.
        Placement placement =
                new Placement(image.width(), image.height(), scale, scale, left, top, box.width(), box.height());
        return new ImagePlan(width, height, box.width(), box.height(), left, top, box.pad(), placement);
    }

    private static int side(double exact, Rounding rounding, int most) {
        double whole = switch (rounding) {
            case ROUND -> Math.rint(exact);
            case TRUNCATE -> Math.floor(exact);
        };
        return Math.clamp((long) whole, 1, most);
    }

    private ImagePlan cropped(Crop crop) {
        int x = left - Math.floorDiv(inputWidth - crop.width(), 2);
        int y = top - Math.floorDiv(inputHeight - crop.height(), 2);
        Placement moved = new Placement(
                placement.width(),
                placement.height(),
                placement.scaleX(),
                placement.scaleY(),
                x,
                y,
                crop.width(),
                crop.height());
        return new ImagePlan(width, height, crop.width(), crop.height(), x, y, pad, moved);
    }

    /**
     * The input as an image, without what has zeros.
     *
     * @param scratch that the image lies in, where it is not the given one
     */
    Image apply(Image image, Filter filter, Scratch scratch) {
        int fromX = Math.max(0, -left);
        int fromY = Math.max(0, -top);
        int shownWidth = Math.min(width - fromX, inputWidth - Math.max(0, left));
        int shownHeight = Math.min(height - fromY, inputHeight - Math.max(0, top));
        Window window = new Window(fromX, fromY, shownWidth, shownHeight);
        Image part = Resampler.resize(image, width, height, window, filter, scratch);
        int grey = (pad << 16) | (pad << 8) | pad;
        return new Canvas(inputWidth, inputHeight, Math.max(0, left), Math.max(0, top), grey).with(part, scratch::take);
    }
}
