package phifleet.worker.http.oip;

import java.util.Arrays;
import java.util.Optional;
import phifleet.inference.model.ElementType;

/** The protocol's names of element types. */
final class DataTypes {
    private static final String STRINGS = "BYTES";

    private DataTypes() {}

    static String name(ElementType type) {
        return type == ElementType.STRING ? STRINGS : type.name();
    }

    /** Triton's configuration files have names of their own. */
    static String configName(ElementType type) {
        return type == ElementType.STRING ? "TYPE_STRING" : "TYPE_" + type.name();
    }

    static Optional<ElementType> find(String name) {
        return Arrays.stream(ElementType.values())
                .filter(type -> name(type).equals(name))
                .findFirst();
    }
}
