package phifleet.inference.vision;

import phifleet.inference.model.Resize;
import phifleet.inference.vision.ImagePlan.Size;

/**
 * The sizes that images get where their proportions stay and both sides are bounded, to the pixel as transformers has them:
 * {@code get_size_with_aspect_ratio} of its image_transforms for a shorter side that is rounded, {@code get_resize_output_image_size} for
 * one that is truncated, {@code get_image_size_for_max_height_width} for a frame,
 * that of DPT's processor for one that is only near. No side vanishes, as there it may.
 */
final class EdgeSizes {
    private EdgeSizes() {}

    static Size of(Resize.Edges edges, Size image) {
        int shorter = Math.min(image.width(), image.height());
        int longer = Math.max(image.width(), image.height());
        Sides sides = switch (edges.rounding()) {
            case ROUND -> rounded(edges, shorter, longer);
            case TRUNCATE -> truncated(edges, shorter, longer);
        };
        int newShorter = edges.multiple().round(Math.max(1, sides.shorter));
        int newLonger = edges.multiple().round(Math.max(1, sides.longer));
        return image.width() <= image.height() ? new Size(newShorter, newLonger) : new Size(newLonger, newShorter);
    }

    static Size of(Resize.Within frame, Size image) {
        double scale = Math.min((double) frame.height() / image.height(), (double) frame.width() / image.width());
        return new Size(Math.max(1, (int) (image.width() * scale)), Math.max(1, (int) (image.height() * scale)));
    }

    static Size of(Resize.Fitted fitted, Size image) {
        double acrossScale = (double) fitted.width() / image.width();
        double downScale = (double) fitted.height() / image.height();
        if (fitted.keepsProportions()) {
            double nearest = Math.abs(1 - acrossScale) < Math.abs(1 - downScale) ? acrossScale : downScale;
            acrossScale = nearest;
            downScale = nearest;
        }
        return new Size(
                multiple(acrossScale * image.width(), fitted.multiple()),
                multiple(downScale * image.height(), fitted.multiple()));
    }

    private static int multiple(double side, int of) {
        return Math.max(1, (int) Math.rint(side / of)) * of;
    }

    private record Sides(int shorter, int longer) {}

    private static Sides rounded(Resize.Edges edges, int shorter, int longer) {
        double exact = edges.shortest();
        if ((double) longer / shorter * edges.shortest() > edges.longest()) {
            exact = (double) edges.longest() * shorter / longer;
        }
        int size = (int) Math.rint(exact);
        return size == shorter ? new Sides(shorter, longer) : new Sides(size, (int) (exact * longer / shorter));
    }

    private static Sides truncated(Resize.Edges edges, int shorter, int longer) {
        int newLonger = (int) ((double) edges.shortest() * longer / shorter);
        return newLonger > edges.longest()
                ? new Sides((int) ((double) edges.longest() * edges.shortest() / newLonger), edges.longest())
                : new Sides(edges.shortest(), newLonger);
    }
}
