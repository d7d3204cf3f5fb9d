package phifleet.equations;

import org.jspecify.annotations.Nullable;

/**
 * What a request says of one symbol.
 *
 * @param unit its unit, such as {@code J/kg/K}; {@code 1} for a pure number; null where it is not given
 * @param domain {@code real}, {@code positive}, {@code nonnegative}, {@code integer}, {@code natural} or {@code complex};
 *     null where it is not given
 */
public record Variable(@Nullable String unit, @Nullable String domain) {
    public static Variable ofUnit(String unit) {
        return new Variable(unit, null);
    }

    public static Variable ofDomain(String domain) {
        return new Variable(null, domain);
    }
}
