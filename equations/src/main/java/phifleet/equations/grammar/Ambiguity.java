package phifleet.equations.grammar;

/** A place where two readings are near. Each names the one that is taken first, and the one that is not. */
public enum Ambiguity {
    /** {@code 1,234}. */
    GROUPED_COMMA("a comma before three digits groups thousands", "a comma before three digits is a decimal comma"),
    /** {@code f(1,5)}. */
    LISTED_COMMA("a comma in brackets parts two values", "a comma in brackets is a decimal comma"),
    /** {@code p²/2m}. */
    SLASH_PRODUCT(
            "a product behind a slash is below the line", "only the first factor behind a slash is below the line");

    private final String first;
    private final String other;

    Ambiguity(String first, String other) {
        this.first = first;
        this.other = other;
    }

    /** How it is read, in words. */
    public String first() {
        return first;
    }

    /** How it is read where {@link ParseOptions#otherwise} holds it, in words. */
    public String other() {
        return other;
    }
}
