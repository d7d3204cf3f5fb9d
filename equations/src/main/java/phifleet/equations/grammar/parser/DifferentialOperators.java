package phifleet.equations.grammar.parser;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Derivative;
import phifleet.equations.ast.Expr.Nabla;
import phifleet.equations.ast.Expr.Negation;
import phifleet.equations.ast.Expr.PlusMinus;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Sum;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Expr.VectorProduct;
import phifleet.equations.ast.Trees;
import phifleet.equations.grammar.token.SyntaxException;
import phifleet.equations.grammar.token.SyntaxProblem.Code;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/**
 * Derivatives and ∇ with nothing behind them, as they stand in operators: {@code (∂_t + u ∂_x)ρ}, {@code (-ħ²/2m ∇² + V)ψ}. They act on what
 * stands behind the bracket. Where an operator alone is a side, {@code p = -iħ d/dx}, both sides are read as acting on one function.
 */
final class DifferentialOperators {
    /** What a derivative will act on; stands only until that was read. */
    private static final Symbol OPERAND = Symbol.of("∂");

    /** What two operators that are equal are read as acting on. */
    private static final Symbol FUNCTION = Symbol.of("psi");

    private final Cursor cursor;
    private @Nullable Token first;

    DifferentialOperators(Cursor cursor) {
        this.cursor = cursor;
    }

    /** Whether nothing that could be differentiated stands here: a bracket closes, a further term or side begins, or the text ends. */
    boolean isAlone() {
        Token token = cursor.peek();
        return token.is(Kind.CLOSE)
                || token.is(Kind.RELATION)
                || token.is(Kind.END)
                || token.isOperator("+")
                || token.isOperator("-")
                || token.isOperator("&");
    }

    /** In place of what stands behind the bracket. */
    Symbol operand() {
        first = first == null ? cursor.previous() : first;
        return OPERAND;
    }

    /** In place of a ∇ and what stands behind the bracket. */
    Symbol nabla() {
        first = first == null ? cursor.previous() : first;
        return Brackets.BARE_NABLA;
    }

    /** The factors, each operator among them acting on all that stand behind it. */
    List<Expr> acted(List<Expr> factors, int start) {
        if (first == null || factors.size() < 2) {
            return factors;
        }
        Deque<Expr> behind = new ArrayDeque<>();
        behind.add(factors.getLast());
        for (int i = factors.size() - 2; i >= 0; i--) {
            Expr factor = factors.get(i);
            if (isOperator(factor)) {
                List<Expr> operand = List.copyOf(behind);
                Expr acted = acting(
                        factor,
                        operand.size() == 1 ? operand.getFirst() : cursor.make(new Product(operand), start),
                        start);
                behind.clear();
                behind.addAll(Trees.factors(acted));
            } else {
                behind.addFirst(factor);
            }
        }
        return List.copyOf(behind);
    }

    /** The sides of a statement; operators among them act on one function. */
    List<Expr> sides(List<Expr> sides, int start) {
        if (first == null || sides.stream().noneMatch(DifferentialOperators::isOperator)) {
            return sides;
        }
        boolean named = sides.size() > 1
                && sides.stream().allMatch(side -> isOperator(side) || isName(side))
                && sides.stream().anyMatch(DifferentialOperators::isOfOperators);
        if (!named) {
            throw nothingBehind();
        }
        cursor.warn("operators", "The sides are read as operators that act on one function.", start);
        return sides.stream().map(side -> acting(side, FUNCTION, start)).toList();
    }

    /** The name of an operator: a letter, or {@code D/Dt}. */
    private static boolean isName(Expr side) {
        return side instanceof Symbol || (side instanceof Quotient(Expr above, Expr _) && above.equals(Symbol.of("D")));
    }

    /** Whether it says that it is of operators: {@code v = d/dt} may be a distance that is divided. */
    private static boolean isOfOperators(Expr side) {
        return Trees.any(
                side,
                node -> node instanceof Symbol symbol
                        && (symbol.mark().contains("hat")
                                || symbol.mark().contains("cal")
                                || symbol.name().equals("hbar")
                                || symbol.name().equals("D")));
    }

    private static boolean isOperator(Expr expr) {
        return Trees.any(expr, node -> node.equals(OPERAND) || node.equals(Brackets.BARE_NABLA));
    }

    private Expr acting(Expr expr, Expr operand, int start) {
        if (!isOperator(expr)) {
            List<Expr> factors = new ArrayList<>();
            Grammar.addFactor(factors, expr);
            Grammar.addFactor(factors, operand);
            return cursor.make(new Product(factors), start);
        }
        return switch (expr) {
            case Symbol symbol ->
                symbol.equals(OPERAND) ? operand : cursor.make(new Nabla(Nabla.Kind.GRAD, operand), start);
            case Sum(List<Expr> terms) -> {
                List<Expr> acted = new ArrayList<>();
                for (Expr term : terms) {
                    acted.add(acting(term, acted.isEmpty() ? operand : cursor.repeated(operand), start));
                }
                yield cursor.make(new Sum(acted), start);
            }
            case Negation(Expr inner) -> cursor.make(new Negation(acting(inner, operand, start)), start);
            case PlusMinus(Expr inner, boolean upper) ->
                cursor.make(new PlusMinus(acting(inner, operand, start), upper), start);
            case Quotient(Expr above, Expr below)
            when !isOperator(below) -> cursor.make(new Quotient(acting(above, operand, start), below), start);
            case Product(List<Expr> factors)
            when factors.subList(0, factors.size() - 1).stream().noneMatch(DifferentialOperators::isOperator) -> {
                List<Expr> all = new ArrayList<>(factors.subList(0, factors.size() - 1));
                Grammar.addFactor(all, acting(factors.getLast(), operand, start));
                yield cursor.make(new Product(all), start);
            }
            case Power(Expr base, Expr exponent)
            when Brackets.is(exponent, 2) -> acting(base, acting(base, operand, start), start);
            case Derivative(Expr inner, List<Derivative.By> by, boolean partial) ->
                cursor.make(new Derivative(acting(inner, operand, start), by, partial), start);
            case Nabla(Nabla.Kind kind, Expr inner) ->
                cursor.make(new Nabla(kind, acting(inner, operand, start)), start);
            case VectorProduct(VectorProduct.Kind kind, Expr left, Expr right)
            when !isOperator(left) -> cursor.make(new VectorProduct(kind, left, acting(right, operand, start)), start);
            default -> throw nothingBehind();
        };
    }

    private SyntaxException nothingBehind() {
        return cursor.fail(
                Code.UNEXPECTED_TOKEN,
                "Nothing stands behind this derivative that it could act on.",
                first == null ? cursor.previous() : first,
                "symbol",
                "(");
    }
}
