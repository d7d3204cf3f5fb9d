package phifleet.equations;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import phifleet.equations.identity.Assumption;

/** Which values a symbol takes, as requests spell it. */
enum SymbolDomain {
    COMPLEX(Assumption.COMPLEX, "ℂ"),
    REAL(Assumption.REAL, "ℝ"),
    NONNEGATIVE(Assumption.NONNEGATIVE, "nonnegative"),
    POSITIVE(Assumption.POSITIVE, "positive"),
    INTEGER(Assumption.INTEGER, "ℤ"),
    NATURAL(Assumption.POSITIVE_INTEGER, "ℕ");

    private final Assumption assumption;
    private final String sign;

    SymbolDomain(Assumption assumption, String sign) {
        this.assumption = assumption;
        this.sign = sign;
    }

    Assumption assumption() {
        return assumption;
    }

    /** What is in both, or in less than both where there is no name for it: whole numbers that are not negative are natural. */
    SymbolDomain and(SymbolDomain other) {
        boolean whole = isWhole() || other.isWhole();
        boolean signed = isSigned() || other.isSigned();
        return whole && signed ? NATURAL : compareTo(other) > 0 ? this : other;
    }

    private boolean isWhole() {
        return this == INTEGER || this == NATURAL;
    }

    private boolean isSigned() {
        return this == NONNEGATIVE || this == POSITIVE || this == NATURAL;
    }

    static @Nullable SymbolDomain of(String text) {
        return Arrays.stream(values())
                .filter(d -> d.sign.equals(text) || d.text().equals(text.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElse(null);
    }

    static List<String> texts() {
        return Arrays.stream(values()).map(SymbolDomain::text).toList();
    }

    private String text() {
        return name().toLowerCase(Locale.ROOT);
    }
}
