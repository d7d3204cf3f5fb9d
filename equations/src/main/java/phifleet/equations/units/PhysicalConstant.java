package phifleet.equations.units;

import java.math.BigDecimal;

/**
 * A physical constant.
 *
 * @param symbol as it is printed, such as {@code k_B}
 * @param name in words
 * @param value in {@code unit}, CODATA 2022
 * @param uncertainty standard uncertainty in {@code unit}; 0 where the value is exact by definition
 */
public record PhysicalConstant(String symbol, String name, BigDecimal value, BigDecimal uncertainty, Unit unit) {}
