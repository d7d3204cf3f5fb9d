package phifleet.inference.model;

/** How one vector is made of the vectors of a text's tokens. */
public enum Pooling {
    /** The mean over all tokens but padding. */
    MEAN("mean"),
    /** The first token's. */
    CLS("cls"),
    /** The last token's that is no padding. */
    LAST("last"),
    /** The graph pools by itself: its output is one vector a text. */
    NONE("none");

    private final String label;

    Pooling(String label) {
        this.label = label;
    }

    public String label() {
        return label;
    }

    /** The weight of a token in a text of {@code length} tokens; they sum to 1. */
    public float weight(int index, int length) {
        return switch (this) {
            case MEAN -> 1f / length;
            case CLS -> index == 0 ? 1 : 0;
            case LAST -> index == length - 1 ? 1 : 0;
            case NONE -> 0;
        };
    }
}
