package phifleet.worker.http.tensor;

import phifleet.inference.model.Tensor;

/** The elements of a tensor as 64-bit floats, for comparing them. */
public final class TensorNumbers {
    private TensorNumbers() {}

    /**
     * All elements in their order. Integers beyond 53 bits are rounded.
     *
     * @throws IllegalArgumentException for strings
     */
    public static double[] of(Tensor tensor) {
        double[] values = new double[Math.toIntExact(tensor.size())];
        for (int i = 0; i < values.length; i++) {
            values[i] = tensor.number(i);
        }
        return values;
    }
}
