package phifleet.equations.units;

/** The seven base quantities of the SI, in the order in which a {@link Dimension} stores and prints them. */
public enum BaseQuantity {
    MASS("mass", "M", "kg"),
    LENGTH("length", "L", "m"),
    TIME("time", "T", "s"),
    CURRENT("current", "I", "A"),
    TEMPERATURE("temperature", "Θ", "K"),
    AMOUNT("amount_of_substance", "N", "mol"),
    LUMINOUS_INTENSITY("luminous_intensity", "J", "cd");

    private final String key;
    private final String symbol;
    private final String unit;

    BaseQuantity(String key, String symbol, String unit) {
        this.key = key;
        this.symbol = symbol;
        this.unit = unit;
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
