package phifleet.inference.tensor;

import phifleet.inference.lane.InputShape;
import phifleet.inference.model.TensorSet;
import phifleet.inference.model.WorkUnit;

/**
 * The work of a request's tensors, and with which others they can run.
 *
 * @param unit elements, or pixels where the tensors are images of three channels
 */
public record TensorShape(WorkUnit unit) implements InputShape<TensorSet> {
    private static final int CHANNELS = 3;

    @Override
    public int units(TensorSet input) {
        long units = unit == WorkUnit.PIXELS ? input.elements() / CHANNELS : input.elements();
        return (int) Math.min(units, Integer.MAX_VALUE);
    }

    @Override
    public Object group(TensorSet input) {
        return RowBatches.group(input);
    }
}
