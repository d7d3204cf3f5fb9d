package phifleet.equations.units;

/** The seven base quantities of the SI, in the order in which a {@link Dimension} stores and prints them. */
public enum BaseQuantity {
    MASS(0, "mass", "M", "kg"),
    LENGTH(1, "length", "L", "m"),
    TIME(2, "time", "T", "s"),
    CURRENT(3, "current", "I", "A"),
    TEMPERATURE(4, "temperature", "Θ", "K"),
    AMOUNT(5, "amount_of_substance", "N", "mol"),
    LUMINOUS_INTENSITY(6, "luminous_intensity", "J", "cd");

    private final int index;
    private final String key;
    private final String symbol;
    private final String unit;

    BaseQuantity(int index, String key, String symbol, String unit) {
        this.index = index;
        this.key = key;
        this.symbol = symbol;
        this.unit = unit;
    }

    /** Its place among the exponents of a dimension, from 0. */
    int index() {
        return index;
    }

    /** Its name in a map of exponents, such as {@code {"mass":"1","time":"-3"}}. */
    public String key() {
        return key;
    }

    /** Its letter in a dimension formula, such as {@code M·L²·T⁻²}. */
    public String symbol() {
        return symbol;
    }

    /** The symbol of its SI base unit. */
    public String unit() {
        return unit;
    }
}
