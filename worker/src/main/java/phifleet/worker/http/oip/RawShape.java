package phifleet.worker.http.oip;

import java.util.ArrayList;
import java.util.List;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Signature;

/** The shape of a tensor that came without one. */
final class RawShape {
    private RawShape() {}

    /**
     * Fills in the one size that is free, or the last of two of which the first counts requests. Strings are one.
     *
     * @param bytes the tensor's length
     */
    static List<Long> of(Signature.Value input, int bytes) throws BadBody {
        List<Long> shape = new ArrayList<>(input.shape());
        if (input.type() == ElementType.STRING) {
            shape.replaceAll(size -> size < 0 ? 1 : size);
            return shape;
        }
        long free = shape.stream().filter(size -> size < 0).count();
        if (free == 2 && input.isOpen()) {
            shape.set(0, 1L);
            free = 1;
        }
        if (free > 1) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    "a raw binary request cannot tell the shape of input '" + input.name() + "', which is "
                            + input.shape(),
                    input.name()));
        }
        long known = input.type().bytes();
        for (long size : shape) {
            known *= size < 0 ? 1 : size;
        }
        long filled = known == 0 ? 0 : bytes / known;
        shape.replaceAll(size -> size < 0 ? filled : size);
        return shape;
    }
}
