package phifleet.inference.model;

import java.util.Locale;

/** What becomes of a text that has more tokens than its model takes, where the request lets it be cut. */
public enum Overflow {
    /** It is cut. */
    TRUNCATE,
    /** It is refused, as if the request did not let it be cut. */
    ERROR,
    /** It is read in windows that overlap, whose vectors are averaged, each by the tokens that it alone answers for. */
    SPLIT;

    /** The name in settings and in {@code /info}. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
