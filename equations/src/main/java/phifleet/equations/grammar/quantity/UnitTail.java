package phifleet.equations.grammar.quantity;

import java.util.Set;

/**
 * What could be a unit behind a number.
 *
 * @param followed whether a bracket closes behind it
 */
record UnitTail(NumericValue value, UnitScanner.Scan scan, boolean followed) {
    /** Digits from which on a number is measured and no factor. */
    private static final int MANY_DIGITS = 3;

    String unit() {
        return scan.unit();
    }

    /** A small whole number may count what stands behind it ({@code F = 2 T}); before a large letter another one measures. */
    boolean isNoFactor() {
        String numeral = value.numeral();
        boolean large = unit().length() == 1 && Character.isUpperCase(unit().charAt(0)) && UnitLetters.isSi(unit());
        boolean many =
                numeral != null && numeral.chars().filter(Character::isDigit).count() >= MANY_DIGITS;
        return (large && numeral != null && !numeral.matches("[1-4]"))
                || (many && (unit().equals("m") || unit().equals("s")));
    }

    /** Whether it is one where some of these symbols are calculated. */
    boolean isClearFor(Set<String> symbols) {
        return scan.marked()
                || UnitLetters.isPlain(unit())
                || isNoFactor()
                || symbols.stream().anyMatch(symbol -> UnitLetters.isMeasured(symbol, unit()));
    }
}
