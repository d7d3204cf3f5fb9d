package phifleet.equations;

import org.jspecify.annotations.Nullable;

/**
 * What a request says of one symbol.
 *
 * @param unit its unit, such as {@code J/kg/K}; {@code 1} for a pure number; {@value #ANY_UNIT} where the equation must
 *     hold whatever it is; null where it is not given
 * @param domain {@code real}, {@code positive}, {@code nonnegative}, {@code integer}, {@code natural} or {@code complex};
 *     null where it is not given
 */
public record Variable(@Nullable String unit, @Nullable String domain) {
    /** The unit of a quantity that may have any dimension. */
    public static final String ANY_UNIT = "any";

    public static Variable ofUnit(String unit) {
        return new Variable(unit, null);
    }

    public static Variable ofDomain(String domain) {
        return new Variable(null, domain);
    }
}
