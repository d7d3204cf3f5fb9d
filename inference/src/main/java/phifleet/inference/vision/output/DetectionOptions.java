package phifleet.inference.vision.output;

/**
 * What is taken for a detection.
 *
 * @param threshold the score that it must reach, 0 to 1
 * @param iou the share of their union that two boxes of one class may have in common, 0 to 1: of two with more the one with the
 *     lower score is dropped. Not asked where a graph has done so itself.
 * @param most how many at most, those with the highest scores
 */
public record DetectionOptions(double threshold, double iou, int most) {
    public static final DetectionOptions DEFAULT = new DetectionOptions(0.5, 0.45, 300);

    public DetectionOptions {
        requireShare("threshold", threshold);
        requireShare("iou", iou);
        if (most < 1) {
            throw new IllegalArgumentException("the number of detections must be at least 1, not " + most);
        }
    }

    private static void requireShare(String name, double value) {
        if (!(value >= 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " must be 0 to 1, not " + value);
        }
    }
}
