package phifleet.equations;

import java.util.Locale;

/** What the validator decided. */
public enum Verdict {
    /** The sides have one exact normal form. */
    IDENTITY_PROVED(true),
    /** The sides agree at many random points within error bounds. */
    IDENTITY_NUMERIC(true),
    /** It is a law of the table, in other names or solved for another quantity. */
    KNOWN_LAW(true),
    /** No rule of dimensions is broken; a wrong number or sign would not show. */
    DIMENSIONALLY_CONSISTENT(true),
    /** True for some values only; the report says which. */
    CONDITIONAL(true),
    /** The text is an equation; nothing more was asked. */
    WELL_FORMED(true),
    /** Close to a law of the table but for a number, a sign or an exponent. */
    DIFFERS_FROM_KNOWN_LAW(false),
    /** Different dimensions are equated or added. */
    DIMENSION_MISMATCH(false),
    /** The sides differ, with a counter-example, or nothing solves it. */
    NOT_IDENTITY(false),
    /** Could not be decided. */
    UNDETERMINED(false);

    private final boolean valid;

    Verdict(boolean valid) {
        this.valid = valid;
    }

    public boolean valid() {
        return valid;
    }

    /** The spelling in answers. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
