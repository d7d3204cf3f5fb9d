package phifleet.equations.calculus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Limit;
import phifleet.equations.ast.Expr.Negation;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Sum;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;

/**
 * The beginning of a power series with dots or a Landau O behind it, as a limit: {@code f(x) = p(x) + O(x^n)} asks that {@code (f - p)/x^(n-1)}
 * goes to 0 with x, {@code f(x) = p(x) + …} the same of the power of the last term that is written.
 *
 * @param limit which has to be true
 * @param stricter the same of the highest power below the order, which cannot always be told; null where it is no other
 * @param variable that goes to 0
 */
public record Remainders(Relation limit, @Nullable Relation stricter, String variable) {
    private static final int MAX_POWER = 20;

    /** Empty where no side is such a beginning. */
    public static Optional<Remainders> of(Relation relation) {
        if (!relation.isEquation()) {
            return Optional.empty();
        }
        Optional<Remainders> right = of(relation.left(), relation.right());
        return right.isPresent() ? right : of(relation.right(), relation.left());
    }

    private static Optional<Remainders> of(Expr whole, Expr beginning) {
        if (!(beginning instanceof Sum(List<Expr> terms)) || isOpen(whole)) {
            return Optional.empty();
        }
        Expr rest = terms.getLast() instanceof Negation(Expr operand) ? operand : terms.getLast();
        List<Expr> written = terms.subList(0, terms.size() - 1);
        if (written.stream().anyMatch(Remainders::isOpen) || !(rest instanceof Call call)) {
            return Optional.empty();
        }
        return switch (call.function()) {
            case ORDER -> landau(whole, written, call.argument());
            case OMITTED -> dots(whole, written);
            default -> Optional.empty();
        };
    }

    private static Optional<Remainders> landau(Expr whole, List<Expr> written, Expr order) {
        Symbol variable = order instanceof Power(Symbol base, Expr _) ? base : order instanceof Symbol s ? s : null;
        OptionalInt power = variable == null ? OptionalInt.empty() : degree(order, variable);
        if (variable == null || power.isEmpty() || !Trees.symbols(whole).contains(variable)) {
            return Optional.empty();
        }
        int last = -1;
        for (Expr term : written) {
            OptionalInt degree = degree(term, variable);
            if (degree.isEmpty()) {
                return Optional.empty();
            }
            last = Math.max(last, degree.getAsInt());
        }
        int below = power.getAsInt() - 1;
        Remainders strict = limit(whole, written, variable, below);
        return Optional.of(
                last < below && last >= 0
                        ? new Remainders(limit(whole, written, variable, last).limit(), strict.limit(), variable.name())
                        : strict);
    }

    private static Optional<Remainders> dots(Expr whole, List<Expr> written) {
        for (Symbol variable : Trees.symbols(whole)) {
            int last = -1;
            boolean rising = written.size() > 1;
            for (Expr term : written) {
                OptionalInt degree = degree(term, variable);
                rising &= degree.isPresent() && degree.getAsInt() > last;
                last = degree.orElse(last);
            }
            if (rising && last > 0) {
                return Optional.of(limit(whole, written, variable, last));
            }
        }
        return Optional.empty();
    }

    private static Remainders limit(Expr whole, List<Expr> written, Symbol variable, int power) {
        List<Expr> terms = new ArrayList<>(List.of(whole));
        written.forEach(term -> terms.add(term instanceof Negation(Expr operand) ? operand : new Negation(term)));
        Expr rest = new Sum(flat(terms));
        Expr body = power == 0 ? rest : new Quotient(rest, new Power(variable, Num.of(power)));
        return new Remainders(Relation.equal(new Limit(body, variable, Num.of(0)), Num.of(0)), null, variable.name());
    }

    private static List<Expr> flat(List<Expr> terms) {
        return terms.stream().flatMap(term -> Trees.terms(term).stream()).toList();
    }

    private static boolean isOpen(Expr side) {
        return Trees.any(
                side,
                node -> node instanceof Expr.Application
                        || node instanceof Expr.Derivative
                        || (node instanceof Call call
                                && (call.function() == Function.ORDER || call.function() == Function.OMITTED)));
    }

    /** The power of the variable in a term that is a number times it; empty in any other. */
    private static OptionalInt degree(Expr term, Symbol variable) {
        return switch (term) {
            case Symbol symbol -> OptionalInt.of(symbol.equals(variable) ? 1 : 0);
            case Num _, Expr.Constant _ -> OptionalInt.of(0);
            case Negation(Expr operand) -> degree(operand, variable);
            case Power(Symbol base, Num exponent) when base.equals(variable) -> exponent.integer(MAX_POWER);
            case Quotient(Expr above, Expr below) ->
                Trees.symbols(below).contains(variable) ? OptionalInt.empty() : degree(above, variable);
            case Product(List<Expr> factors) -> {
                int sum = 0;
                for (Expr factor : factors) {
                    OptionalInt degree = degree(factor, variable);
                    if (degree.isEmpty()) {
                        yield OptionalInt.empty();
                    }
                    sum += degree.getAsInt();
                }
                yield OptionalInt.of(sum);
            }
            default -> Trees.symbols(term).contains(variable) ? OptionalInt.empty() : OptionalInt.of(0);
        };
    }
}
