package phifleet.equations.dimension;

/** What a statement must obey to be dimensionally consistent. */
public enum Rule {
    SIDES("both sides of a relation have the same dimension"),
    TERMS("the terms of a sum have the same dimension"),
    ARGUMENT("the argument of this function is a pure number"),
    EXPONENT("an exponent is a pure number"),
    BOUNDS("the bounds of an integral or a limit have the dimension of its variable"),
    INDEX("the index of a sum or product is a pure number"),
    CASES("all values of a function have the same dimension"),
    SYMBOLIC_POWER("a power with a symbolic exponent stands on both sides alike, or its base is a pure number"),
    VECTOR("a vector equals a vector, a scalar a scalar, and only vectors have a divergence or a curl");

    private final String text;

    Rule(String text) {
        this.text = text;
    }

    /** The rule in words, to end a sentence that starts with "but". */
    public String text() {
        return text;
    }
}
