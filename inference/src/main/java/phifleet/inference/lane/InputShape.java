package phifleet.inference.lane;

import java.util.function.ToIntFunction;
import phifleet.inference.model.WorkUnit;

/**
 * What a lane has to know of an input to queue it and to put it into a batch. Thread-safe.
 *
 * @param <I> one input
 */
public interface InputShape<I> {

    /** What work is counted in. */
    WorkUnit unit();

    /** The work of an input, in units; less than one counts as one. */
    int units(I input);

    /** Inputs run together only where their groups are equal, as tensors of one shape and element type are. */
    default Object group(I input) {
        return unit();
    }

    /** Inputs that may all run together. */
    static <I> InputShape<I> of(WorkUnit unit, ToIntFunction<? super I> units) {
        return new InputShape<>() {
            @Override
            public WorkUnit unit() {
                return unit;
            }

            @Override
            public int units(I input) {
                return units.applyAsInt(input);
            }
        };
    }
}
