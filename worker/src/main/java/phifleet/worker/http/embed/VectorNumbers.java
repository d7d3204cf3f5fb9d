package phifleet.worker.http.embed;

import org.jspecify.annotations.Nullable;
import phifleet.http.json.JsonOutput;
import phifleet.inference.model.NumberRanges;
import phifleet.inference.model.Vector;
import phifleet.inference.text.VectorType;

/** A vector as a list of its type's numbers. */
final class VectorNumbers {
    private VectorNumbers() {}

    /** @param ranges of its numbers; null where they are not known */
    static void write(Vector vector, VectorType type, @Nullable NumberRanges ranges, JsonOutput out) {
        if (type.isFloat()) {
            out.numbers(type.rounded(vector.values()));
            return;
        }
        out.beginList();
        for (byte value : type.bytes(vector.values(), ranges)) {
            out.number(type.number(value));
        }
        out.endList();
    }
}
