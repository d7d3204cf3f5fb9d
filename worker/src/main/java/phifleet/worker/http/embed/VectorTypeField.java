package phifleet.worker.http.embed;

import java.util.Arrays;
import java.util.stream.Collectors;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.inference.text.VectorType;

/** A field that names the type of the numbers that are wanted. */
final class VectorTypeField {
    private static final String ALL =
            Arrays.stream(VectorType.values()).map(VectorType::label).collect(Collectors.joining(", "));

    private VectorTypeField() {}

    /** Null means 32-bit floats. */
    static VectorType read(String field, JsonInput json) throws BadBody {
        String name = json.optionalText(field);
        VectorType type =
                name == null ? VectorType.FLOAT32 : VectorType.find(name).orElse(null);
        if (type == null) {
            throw json.mismatch(field, -1, "one of " + ALL);
        }
        return type;
    }
}
