package phifleet.worker.index;

/**
 * A thing in an image.
 *
 * @param label of its class
 * @param score 0 to 1
 * @param x1 of its left upper corner, in pixels of the image as it was sent, upright; and so on
 */
public record Detected(String label, float score, float x1, float y1, float x2, float y2) {}
