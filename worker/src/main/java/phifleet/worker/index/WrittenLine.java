package phifleet.worker.index;

import java.util.List;

/**
 * A line of text in an image.
 *
 * @param score the mean probability of its characters, 0 to 1
 * @param corners x and y of its left upper corner as it is seen in the image, and so on clockwise, in pixels of the image as it was sent,
 *     upright
 */
public record WrittenLine(String text, float score, List<Float> corners) {
    public WrittenLine {
        corners = List.copyOf(corners);
    }
}
