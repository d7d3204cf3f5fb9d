package phifleet.equations;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a request asks of the validator. */
public enum Mode {
    /** Everything, in the order in which it is most certain. */
    AUTO,
    /** Only whether the text is an equation. */
    SYNTAX,
    /** Whether the two sides are equal for all values. */
    IDENTITY,
    /** Whether the dimensions agree. */
    DIMENSIONAL,
    /** Dimensions, and whether it is a known law. */
    PHYSICS,
    /** As AUTO, with φ the golden ratio wherever it stands. */
    GOLDEN,
    /** The plain counting rules of the first design. */
    SIGNATURE;

    /** The spelling in requests. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The mode of that spelling, or empty. */
    public static Optional<Mode> of(String text) {
        return Arrays.stream(values()).filter(mode -> mode.text().equals(text)).findFirst();
    }

    /** All spellings. */
    public static List<String> texts() {
        return Arrays.stream(values()).map(Mode::text).toList();
    }
}
