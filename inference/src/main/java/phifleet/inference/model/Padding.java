package phifleet.inference.model;

import java.util.Locale;

/** What a model computes for the places by which texts of a batch are shorter than its longest. */
public enum Padding {
    /** All that it computes for tokens. */
    EVERYWHERE,
    /** Attention alone. */
    IN_ATTENTION,
    /** Nothing: what an input costs does not depend on what it runs with. */
    NOWHERE;

    /** The name in answers. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
