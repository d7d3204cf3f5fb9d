package phifleet.worker.http.embed;

import phifleet.http.json.JsonOutput;
import phifleet.inference.model.Vector;
import phifleet.inference.text.VectorType;

/** A vector as a list of its type's numbers. */
final class VectorNumbers {
    private VectorNumbers() {}

    static void write(Vector vector, VectorType type, JsonOutput out) {
        if (type.isFloat()) {
            out.numbers(type.rounded(vector.values()));
            return;
        }
        out.beginList();
        for (byte value : type.bytes(vector.values())) {
            out.number(type.number(value));
        }
        out.endList();
    }
}
