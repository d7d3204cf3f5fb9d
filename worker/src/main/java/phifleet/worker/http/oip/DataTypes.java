package phifleet.worker.http.oip;

import java.util.Arrays;
import java.util.Optional;
import phifleet.inference.model.ElementType;

/** The protocol's names of element types. */
public final class DataTypes {
    /** What a caller may write. */
    public static final String ONE_OF =
            "one of BOOL, UINT8, UINT16, UINT32, UINT64, INT8, INT16, INT32, INT64, FP16, BF16, FP32, FP64, BYTES";

    private static final String STRINGS = "BYTES";

    private DataTypes() {}

    static String name(ElementType type) {
        return type == ElementType.STRING ? STRINGS : type.name();
    }

    /** Triton's configuration files have names of their own. */
    static String configName(ElementType type) {
        return type == ElementType.STRING ? "TYPE_STRING" : "TYPE_" + type.name();
    }

    public static Optional<ElementType> find(String name) {
        return Arrays.stream(ElementType.values())
                .filter(type -> name(type).equals(name))
                .findFirst();
    }
}
