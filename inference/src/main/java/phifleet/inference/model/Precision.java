package phifleet.inference.model;

import java.util.Arrays;
import java.util.Optional;

/** The numbers that a model computes in, or its weights are stored in where it computes in more. */
public enum Precision {
    FP32("fp32"),
    FP16("fp16"),
    BF16("bf16"),
    INT8("int8"),
    INT4("int4");

    private final String label;

    Precision(String label) {
        this.label = label;
    }

    /** The name in settings and answers. */
    public String label() {
        return label;
    }

    public static Optional<Precision> find(String label) {
        return Arrays.stream(values())
                .filter(precision -> precision.label.equals(label))
                .findFirst();
    }
}
