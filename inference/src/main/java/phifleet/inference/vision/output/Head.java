package phifleet.inference.vision.output;

import java.util.List;
import java.util.Map;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

/**
 * How a detector writes boxes into its outputs. Found by {@link Heads}; immutable. Of a box that may be one of several things
 * the likeliest counts.
 */
public sealed interface Head
        permits YoloV8Head, YoloV5Head, YoloxHead, SsdHead, DetrHead, EndToEndHead, BoxesLabelsScoresHead {

    /** The name in settings. */
    String label();

    /** Whether boxes of one thing that lie upon each other were removed by the graph. */
    boolean suppressed();

    /**
     * Reads the boxes of one image that are likely enough, in pixels of the model's input and in no order.
     *
     * @param placement where that image lay in an input of which size, which may be another for each image
     * @throws ModelException if an output is missing or has another shape
     */
    List<Detection> read(Map<String, Tensor> outputs, Placement placement, double threshold) throws ModelException;
}
