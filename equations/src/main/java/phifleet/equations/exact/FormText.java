package phifleet.equations.exact;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Normal forms for people: {@code 1/2+sqrt(5)/2}, {@code 2*E/(m*v)}. ASCII, readable by the grammar. */
public final class FormText {
    private FormText() {}

    public static String of(Fraction fraction) {
        String numerator = of(fraction.numerator());
        if (fraction.isPolynomial()) {
            return numerator;
        }
        List<String> divisors = new ArrayList<>();
        for (Fraction.Divisor divisor : fraction.divisors().values()) {
            String base = "(" + of(divisor.polynomial()) + ")";
            divisors.add(divisor.times() == 1 ? base : base + "^" + divisor.times());
        }
        String top = fraction.numerator().size() > 1 ? "(" + numerator + ")" : numerator;
        String bottom = String.join("*", divisors);
        return top + "/" + (divisors.size() == 1 ? bottom : "(" + bottom + ")");
    }

    public static String of(Polynomial polynomial) {
        StringBuilder text = new StringBuilder();
        for (Map.Entry<Monomial, Rational> term : polynomial.terms().entrySet()) {
            String one = of(term.getValue(), term.getKey());
            text.append(text.isEmpty() || one.startsWith("-") ? "" : "+").append(one);
        }
        return text.isEmpty() ? "0" : text.toString();
    }

    private static String of(Rational coefficient, Monomial monomial) {
        List<String> top = new ArrayList<>();
        List<String> bottom = new ArrayList<>();
        Rational size = coefficient.abs();
        if (!size.numerator().equals(Rational.ONE.numerator())) {
            top.add(size.numerator().toString());
        }
        if (!size.isInteger()) {
            bottom.add(size.denominator().toString());
        }
        for (Monomial.Factor factor : monomial.factors()) {
            boolean below = factor.exponent().signum() < 0 && !(factor.kernel() instanceof Kernel.Exponential);
            (below ? bottom : top)
                    .add(of(factor.kernel(), below ? factor.exponent().abs() : factor.exponent()));
        }
        String sign = coefficient.signum() < 0 ? "-" : "";
        String numerator = top.isEmpty() ? "1" : String.join("*", top);
        if (bottom.isEmpty()) {
            return sign + numerator;
        }
        String denominator = String.join("*", bottom);
        return sign + numerator + "/" + (bottom.size() == 1 ? denominator : "(" + denominator + ")");
    }

    private static String of(Kernel kernel, Rational exponent) {
        return switch (kernel) {
            case Kernel.MinusOne _ -> exponent.equals(Rational.HALF) ? "i" : power("(-1)", exponent);
            case Kernel.Prime prime -> power(prime.value().toString(), exponent);
            case Kernel.MathConstant constant ->
                power(constant.constant().name().toLowerCase(Locale.ROOT), exponent);
            case Kernel.Named named -> power(named.name(), exponent);
            case Kernel.Exponential e -> "exp(" + of(e.exponent().times(exponent)) + ")";
            case Kernel.Radicand root -> power("(" + of(root.base()) + ")", exponent);
            case Kernel.Applied applied ->
                power(
                        applied.head() + "("
                                + applied.arguments().stream().map(FormText::of).collect(Collectors.joining(", "))
                                + ")",
                        exponent);
        };
    }

    private static String power(String base, Rational exponent) {
        if (exponent.equals(Rational.ONE)) {
            return base;
        }
        if (exponent.equals(Rational.HALF)) {
            return "sqrt" + (base.startsWith("(") ? base : "(" + base + ")");
        }
        return base + "^" + (exponent.isInteger() && exponent.signum() > 0 ? exponent : "(" + exponent + ")");
    }
}
