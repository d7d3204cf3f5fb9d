package phifleet.equations.identity;

/** What values a symbol takes. */
public enum Assumption {
    COMPLEX,
    REAL,
    /** At least 0; points are taken from the positive numbers. */
    NONNEGATIVE,
    POSITIVE,
    INTEGER,
    /** 1, 2, 3, … */
    POSITIVE_INTEGER;

    boolean isReal() {
        return this != COMPLEX;
    }

    public boolean isPositive() {
        return this == POSITIVE || this == NONNEGATIVE || this == POSITIVE_INTEGER;
    }

    public boolean isInteger() {
        return this == INTEGER || this == POSITIVE_INTEGER;
    }
}
