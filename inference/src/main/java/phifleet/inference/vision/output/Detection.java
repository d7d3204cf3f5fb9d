package phifleet.inference.vision.output;

/**
 * A thing that a model found.
 *
 * @param index of its class among the labels
 * @param score 0 to 1
 * @param box in pixels of the original image; it may reach past its edges
 */
public record Detection(int index, float score, Box box) {}
