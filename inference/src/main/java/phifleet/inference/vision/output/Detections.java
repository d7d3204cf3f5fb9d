package phifleet.inference.vision.output;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

/** From a detector's outputs for one image to the things in it. */
public final class Detections {
    private Detections() {}

    /**
     * The things that were found, the likeliest first.
     *
     * @param outputs of one image, by name: without a batch axis, or with one of 1
     * @param placement where the image lay in the model's input
     * @throws ModelException if an output is missing or has another shape than the head reads
     */
    public static List<Detection> of(
            Head head, Map<String, Tensor> outputs, Placement placement, DetectionOptions options)
            throws ModelException {
        List<Detection> sorted = new ArrayList<>(head.read(outputs, placement, options.threshold()));
        sorted.sort(Comparator.comparingDouble(Detection::score).reversed());
        List<Detection> kept = new ArrayList<>();
        for (Detection next : sorted) {
            if (kept.size() == options.most()) {
                break;
            }
            if (head.suppressed() || isAnother(next, kept, options.iou())) {
                kept.add(next);
            }
        }
        return kept.stream()
                .map(found -> new Detection(found.index(), found.score(), placement.toOriginal(found.box())))
                .toList();
    }

    /** Greedy suppression within a class: whether no likelier box of its kind covers it. */
    private static boolean isAnother(Detection next, List<Detection> kept, double iou) {
        for (Detection other : kept) {
            if (other.index() == next.index() && other.box().intersectionOverUnion(next.box()) > iou) {
                return false;
            }
        }
        return true;
    }
}
