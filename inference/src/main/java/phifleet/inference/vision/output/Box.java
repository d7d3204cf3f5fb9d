package phifleet.inference.vision.output;

/** A rectangle in pixels: {@code x1, y1} is its left upper corner, {@code x2, y2} its right lower one. */
public record Box(double x1, double y1, double x2, double y2) {

    static Box ofCenter(double x, double y, double width, double height) {
        return new Box(x - width / 2, y - height / 2, x + width / 2, y + height / 2);
    }

    /** The part inside of an image of that size. */
    public Box within(int width, int height) {
        return new Box(
                Math.clamp(x1, 0, width),
                Math.clamp(y1, 0, height),
                Math.clamp(x2, 0, width),
                Math.clamp(y2, 0, height));
    }

    public double area() {
        return Math.max(0, x2 - x1) * Math.max(0, y2 - y1);
    }

    /** The area that both have, as a share of that which one of them has: 0 to 1. */
    public double intersectionOverUnion(Box other) {
        double shared = new Box(
                        Math.max(x1, other.x1), Math.max(y1, other.y1), Math.min(x2, other.x2), Math.min(y2, other.y2))
                .area();
        double union = area() + other.area() - shared;
        return union > 0 ? shared / union : 0;
    }

    boolean isFinite() {
        return Double.isFinite(x1) && Double.isFinite(y1) && Double.isFinite(x2) && Double.isFinite(y2);
    }
}
