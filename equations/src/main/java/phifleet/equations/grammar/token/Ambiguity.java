package phifleet.equations.grammar.token;

/** A place where two readings are near. Each names the one that is taken first, and the one that is not. */
public enum Ambiguity {
    /** {@code 1,234}. */
    GROUPED_COMMA("a comma before three digits groups thousands", "a comma before three digits is a decimal comma"),
    /** {@code f(1,5)}. */
    LISTED_COMMA("a comma in brackets parts two values", "a comma in brackets is a decimal comma"),
    /** {@code p²/2m}. */
    SLASH_PRODUCT(
            "a product behind a slash is below the line", "only the first factor behind a slash is below the line"),
    /** {@code |2|x|-3|}. */
    NESTED_BARS(
            "a bar behind a number opens another absolute value", "a bar behind a number closes the absolute value"),
    /** {@code log 100 = 2}. */
    LOG_BASE("log is the natural logarithm", "log is the logarithm to base 10", true),
    /** {@code (1/2L)}. */
    FRACTION_PRODUCT(
            "a fraction of numbers stands before a product",
            "all that touches the number below the line is below",
            true),
    /** {@code My/I}. */
    SHORT_NAME("two letters, large and small, are one name", "two letters, large and small, are a product", true),
    /** {@code MAP = (SBP + 2 DBP)/3}. */
    INITIALS("capitals that touch are a product of letters", "capitals that touch are one name", true),
    /** {@code (-8)^(1/3) = -2}. */
    REAL_ROOT(
            "a negative number's root is the principal one, which is complex",
            "an odd root of a negative number is real",
            true),
    /** {@code a×b = b×a}. */
    CROSS_PRODUCT("× is the cross product of vectors", "× is the product of numbers");

    private final String first;
    private final String other;
    private final boolean bySense;

    Ambiguity(String first, String other) {
        this(first, other, false);
    }

    Ambiguity(String first, String other, boolean bySense) {
        this.first = first;
        this.other = other;
        this.bySense = bySense;
    }

    /** Whether the spelling says so little that a reading that is an identity or a known law is the one that is meant. */
    public boolean isBySense() {
        return bySense;
    }

    /** How it is read, in words. */
    public String first() {
        return first;
    }

    /** How it is read where {@code ParseOptions.otherwise} holds it, in words. */
    public String other() {
        return other;
    }
}
