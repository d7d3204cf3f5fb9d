package phifleet.inference.vision.ocr;

import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

/** What a network tells of a line's direction: the probabilities that it is upright and that it is upside down. */
public final class Direction {
    /** Beyond it a line is turned: RapidOCR's {@code cls_thresh}. */
    private static final double SURE = 0.9;

    private static final int WAYS = 2;

    private Direction() {}

    /**
     * Whether the network is sure of it.
     *
     * @throws ModelException if these are no two probabilities
     */
    public static boolean isUpsideDown(Tensor found) throws ModelException {
        if (found.type() != ElementType.FP32 || found.size() != WAYS) {
            throw new ModelException("a network that tells which way up a line is gave " + found + ", not two numbers");
        }
        return found.number(1) > SURE && found.number(1) > found.number(0);
    }
}
