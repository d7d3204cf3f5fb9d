package phifleet.equations.exact;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.UnaryOperator;

/** The names of symbols in normal forms. */
final class Names {
    private Names() {}

    static void collect(Polynomial polynomial, Set<String> names) {
        polynomial.terms().keySet().forEach(monomial -> monomial.factors().forEach(f -> collect(f.kernel(), names)));
    }

    private static void collect(Fraction fraction, Set<String> names) {
        collect(fraction.numerator(), names);
        fraction.divisors().values().forEach(divisor -> collect(divisor.polynomial(), names));
    }

    static void collect(Kernel kernel, Set<String> names) {
        switch (kernel) {
            case Kernel.Named named -> names.add(named.name());
            case Kernel.Exponential power -> collect(power.exponent(), names);
            case Kernel.Radicand root -> collect(root.base(), names);
            case Kernel.Applied applied -> applied.arguments().forEach(argument -> collect(argument, names));
            case Kernel.MinusOne _, Kernel.Prime _, Kernel.MathConstant _ -> {}
        }
    }

    static Polynomial rename(Polynomial polynomial, UnaryOperator<String> names) {
        return polynomial.mapTerms(term -> {
            Monomial.Term renamed = new Monomial.Term(term.coefficient(), Monomial.ONE);
            for (Monomial.Factor factor : term.monomial().factors()) {
                Monomial one = Monomial.of(rename(factor.kernel(), names), factor.exponent());
                Monomial.Term product = renamed.monomial().times(one);
                renamed = new Monomial.Term(renamed.coefficient().times(product.coefficient()), product.monomial());
            }
            return Polynomial.of(renamed);
        });
    }

    private static Fraction rename(Fraction fraction, UnaryOperator<String> names) {
        Map<String, Fraction.Divisor> divisors = new TreeMap<>();
        Rational factor = Rational.ONE;
        for (Fraction.Divisor divisor : fraction.divisors().values()) {
            Polynomial renamed = rename(divisor.polynomial(), names);
            // The leading term may be another one in the new names.
            Rational leading = renamed.leading().coefficient();
            Polynomial monic = renamed.times(leading.reciprocal());
            factor = factor.times(leading.pow(divisor.times()));
            divisors.put(monic.toString(), new Fraction.Divisor(monic, divisor.times()));
        }
        return Fraction.of(rename(fraction.numerator(), names).times(factor.reciprocal()), divisors);
    }

    private static Kernel rename(Kernel kernel, UnaryOperator<String> names) {
        return switch (kernel) {
            case Kernel.Named named -> new Kernel.Named(names.apply(named.name()));
            case Kernel.Exponential power -> Kernel.Exponential.of(rename(power.exponent(), names));
            case Kernel.Radicand root -> Kernel.Radicand.of(rename(root.base(), names));
            case Kernel.Applied applied ->
                Kernel.Applied.of(
                        applied.head(),
                        applied.arguments().stream()
                                .map(argument -> rename(argument, names))
                                .toList());
            case Kernel.MinusOne _, Kernel.Prime _, Kernel.MathConstant _ -> kernel;
        };
    }

    static String shape(Polynomial polynomial) {
        List<String> terms = new ArrayList<>();
        for (Monomial monomial : polynomial.terms().keySet()) {
            List<String> factors = new ArrayList<>();
            for (Monomial.Factor factor : monomial.factors()) {
                if (!factor.kernel().isNumber()) {
                    factors.add(shape(factor.kernel()) + '^' + factor.exponent());
                }
            }
            Collections.sort(factors);
            terms.add(factors.toString());
        }
        Collections.sort(terms);
        return terms.toString();
    }

    private static String shape(Fraction fraction) {
        StringBuilder shape = new StringBuilder(shape(fraction.numerator()));
        fraction.divisors().values().stream()
                .map(divisor -> "/" + shape(divisor.polynomial()) + divisor.times())
                .sorted()
                .forEach(shape::append);
        return shape.toString();
    }

    static String shape(Kernel kernel) {
        return switch (kernel) {
            case Kernel.Named _ -> "";
            case Kernel.Exponential power -> "exp" + shape(power.exponent());
            case Kernel.Radicand root -> "root" + shape(root.base());
            case Kernel.Applied applied ->
                applied.head() + applied.arguments().stream().map(Names::shape).toList();
            case Kernel.MinusOne _, Kernel.Prime _, Kernel.MathConstant _ -> kernel.key();
        };
    }
}
