package phifleet.equations.ast;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import phifleet.equations.ast.Expr.Symbol;

/** How {@link Latex} writes what has no parts: numbers and symbols. */
final class LatexLeaf {
    static final int LONGEST_NUMBER = 40;
    private static final Set<String> GREEK = Set.of(
            ("alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi rho sigma tau upsilon phi chi psi"
                            + " omega hbar Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega")
                    .split(" "));
    private static final Pattern MARK = Pattern.compile("'+|hat|bar|tilde|cal|frak|bb");

    private LatexLeaf() {}

    /** A number in full, or where that is long as a power of ten. */
    static String number(BigDecimal value) {
        if (value.precision() + Math.abs((long) value.scale()) <= LONGEST_NUMBER) {
            return value.toPlainString();
        }
        int exponent = value.precision() - value.scale() - 1;
        String digits = value.movePointLeft(exponent).round(new MathContext(12)).toPlainString();
        return digits + " \\cdot 10^{" + exponent + "}";
    }

    /** A symbol with its marks, its subscript and its primes. */
    static String symbol(Symbol s) {
        String text = GREEK.contains(s.base())
                ? "\\" + s.base()
                : s.base().codePointCount(0, s.base().length()) == 1 ? s.base() : "\\text{" + s.base() + "}";
        text = s.vector() ? "\\vec{" + text + "}" : text;
        StringBuilder primes = new StringBuilder();
        for (Matcher mark = MARK.matcher(s.mark()); mark.find(); ) {
            switch (mark.group()) {
                case "hat" -> text = "\\hat{" + text + "}";
                case "bar" -> text = "\\bar{" + text + "}";
                case "tilde" -> text = "\\tilde{" + text + "}";
                case "cal" -> text = "\\mathcal{" + text + "}";
                case "frak" -> text = "\\mathfrak{" + text + "}";
                case "bb" -> text = "\\mathbb{" + text + "}";
                default -> primes.append(mark.group());
            }
        }
        return text + subscript(s.subscript()) + primes;
    }

    private static String subscript(String subscript) {
        if (subscript.isEmpty()) {
            return "";
        }
        if (GREEK.contains(subscript)) {
            return "_{\\" + subscript + "}";
        }
        boolean word = subscript.length() > 1 && subscript.chars().allMatch(Character::isLetter);
        return word ? "_{\\text{" + subscript + "}}" : "_{" + subscript + "}";
    }
}
