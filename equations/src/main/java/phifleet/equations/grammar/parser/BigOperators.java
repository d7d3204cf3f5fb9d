package phifleet.equations.grammar.parser;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Integral;
import phifleet.equations.ast.Expr.Limit;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Range;
import phifleet.equations.ast.Expr.Series;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement;
import phifleet.equations.grammar.token.SyntaxProblem.Code;
import phifleet.equations.grammar.token.Token;
import phifleet.equations.grammar.token.Token.Kind;

/** Signs that stand before what they run over: integrals, sums, products, limits. */
final class BigOperators {
    /** Integral signs before one integrand, at most. */
    private static final int MAX_SIGNS = 8;

    private record Bounds(@Nullable Expr lower, @Nullable Expr upper) {}

    private final Atoms atoms;
    private final Cursor cursor;

    BigOperators(Atoms atoms) {
        this.atoms = atoms;
        this.cursor = atoms.cursor;
    }

    Expr read() {
        Token sign = cursor.peek();
        return switch (sign.text()) {
            case "sum" -> series(Series.Kind.SUM);
            case "prod" -> series(Series.Kind.PRODUCT);
            case "lim" -> limit();
            default -> integral();
        };
    }

    private Expr integral() {
        int start = cursor.peek().start();
        List<Bounds> bounds = new ArrayList<>();
        while (cursor.peek().is(Kind.BIG) && cursor.peek().text().endsWith("int")) {
            int signs = signs(cursor.next().text());
            Bounds own = bounds();
            for (int i = 0; i < signs; i++) {
                bounds.add(signs == 1 ? own : new Bounds(null, null));
            }
            if (bounds.size() > MAX_SIGNS) {
                throw cursor.fail(
                        Code.TOO_DEEP, "More than " + MAX_SIGNS + " integral signs in a row.", cursor.previous());
            }
        }
        List<Expr> variables = new ArrayList<>();
        boolean leading = atoms.calculus.isDifferential(cursor.index());
        if (leading) {
            // ∫ dx f(x), and ∫ dx alone.
            variables.add(differential());
        }
        Expr integrand = leading && ends() ? one() : atoms.grammar.integrand();
        cursor.acceptOperator("·");
        while (atoms.calculus.isDifferential(cursor.index()) && variables.size() < bounds.size()) {
            variables.add(differential());
            cursor.acceptOperator("·");
        }
        if (variables.isEmpty()) {
            Expr hidden = hiddenDifferential(integrand);
            if (hidden == null) {
                throw cursor.unexpected(cursor.peek(), "dx");
            }
            variables.add(hidden);
            integrand = withoutDifferential(integrand);
        }
        return cursor.make(new Integral(integrand, ranges(variables, bounds)), start);
    }

    private static int signs(String word) {
        return switch (word) {
            case "iint", "oiint" -> 2;
            case "iiint" -> 3;
            default -> 1;
        };
    }

    private boolean ends() {
        return !atoms.grammar.startsFactor(cursor.peek()) && !cursor.peek().is(Kind.NUMBER);
    }

    private Expr one() {
        return cursor.make(Num.of(1), cursor.previous().span());
    }

    private Expr differential() {
        cursor.next();
        Token token = cursor.peek();
        if (token.is(Kind.NAME) || token.is(Kind.TEXT)) {
            return atoms.symbols.plain();
        }
        return atoms.postfix();
    }

    private List<Range> ranges(List<Expr> variables, List<Bounds> bounds) {
        List<Range> ranges = new ArrayList<>();
        // The innermost sign stands last and its differential first.
        for (int i = 0; i < variables.size(); i++) {
            int sign = bounds.size() - 1 - i;
            Bounds own = sign >= 0 ? bounds.get(sign) : new Bounds(null, null);
            ranges.add(new Range(variables.get(i), own.lower(), own.upper()));
        }
        return ranges;
    }

    /** The x of {@code dx/x}, where the differential is a factor of the integrand. */
    private static @Nullable Expr hiddenDifferential(Expr expr) {
        return switch (expr) {
            case Call call when call.function() == Function.DIFFERENTIAL -> call.argument();
            case Quotient(Expr numerator, Expr _) -> hiddenDifferential(numerator);
            case Product(List<Expr> factors) ->
                factors.stream()
                        .map(BigOperators::hiddenDifferential)
                        .filter(java.util.Objects::nonNull)
                        .findFirst()
                        .orElse(null);
            case Expr.Negation(Expr operand) -> hiddenDifferential(operand);
            default -> null;
        };
    }

    private Expr withoutDifferential(Expr expr) {
        return switch (expr) {
            case Call call when call.function() == Function.DIFFERENTIAL -> one();
            case Quotient(Expr numerator, Expr denominator) ->
                remade(new Quotient(withoutDifferential(numerator), denominator), expr);
            case Expr.Negation(Expr operand) -> remade(new Expr.Negation(withoutDifferential(operand)), expr);
            case Product(List<Expr> factors) -> {
                List<Expr> kept = new ArrayList<>(factors);
                for (int i = 0; i < kept.size(); i++) {
                    if (hiddenDifferential(kept.get(i)) != null) {
                        kept.set(i, withoutDifferential(kept.get(i)));
                        break;
                    }
                }
                kept.removeIf(factor -> Brackets.is(factor, 1));
                yield kept.isEmpty() ? one() : kept.size() == 1 ? kept.getFirst() : remade(new Product(kept), expr);
            }
            default -> expr;
        };
    }

    private Expr remade(Expr made, Expr from) {
        phifleet.equations.ast.Span span = cursor.places.near(from);
        return span == null ? made : cursor.make(made, span);
    }

    /** {@code _a^b} or {@code ^b_a}, each perhaps absent. */
    private Bounds bounds() {
        Expr lower = null;
        Expr upper = null;
        while (true) {
            if (cursor.peek().isOperator("_") && lower == null) {
                cursor.next();
                lower = isBoundary() ? boundary() : atoms.argumentOfAnyLength();
            } else if (cursor.peek().is(Kind.SUBSCRIPT) && lower == null) {
                lower = atoms.numbers.small(cursor.next());
            } else if ((cursor.peek().isOperator("^") || cursor.peek().is(Kind.SUPERSCRIPT)) && upper == null) {
                upper = atoms.grammar.exponent();
            } else {
                return new Bounds(lower, upper);
            }
        }
    }

    /** Whether what is integrated over is the boundary of a region: {@code _{\partial V}}. */
    private boolean isBoundary() {
        return cursor.peek().is(Kind.OPEN, "{")
                && cursor.peek(1).is(Kind.PARTIAL)
                && cursor.peek(2).is(Kind.NAME)
                && cursor.peek(3).is(Kind.CLOSE);
    }

    private Expr boundary() {
        Token open = cursor.next();
        cursor.next();
        Expr region = atoms.symbols.plain();
        cursor.expectClose(open, "}");
        return region;
    }

    private Expr series(Series.Kind kind) {
        Token sign = cursor.next();
        Expr variable = Symbol.of("i");
        List<Expr> others = new ArrayList<>();
        Expr lower = null;
        Expr upper = null;
        if (cursor.peek().isOperator("_") && cursor.peek(1).is(Kind.OPEN)) {
            cursor.next();
            Token open = cursor.next();
            boolean pairs = cursor.accept(Kind.OPEN, "⟨");
            variable = atoms.grammar.nested();
            while (cursor.acceptOperator(",")) {
                others.add(atoms.grammar.nested());
            }
            if (pairs) {
                cursor.accept(Kind.CLOSE, "⟩");
            }
            if (cursor.peek().is(Kind.RELATION)) {
                cursor.next();
                lower = atoms.grammar.nested();
            }
            cursor.expectClose(open, open.text().equals("(") ? ")" : "}");
        } else if (cursor.peek().isOperator("_") || cursor.peek().is(Kind.SUBSCRIPT)) {
            variable = java.util.Objects.requireNonNull(bounds().lower());
        }
        if (cursor.peek().isOperator("^") || cursor.peek().is(Kind.SUPERSCRIPT)) {
            upper = atoms.grammar.exponent();
        }
        Expr body = atoms.grammar.term();
        for (Expr other : others.reversed()) {
            body = cursor.make(new Series(kind, body, new Range(other, null, null)), sign.start());
        }
        return cursor.make(new Series(kind, body, new Range(variable, lower, upper)), sign.start());
    }

    private Expr limit() {
        Token sign = cursor.next();
        cursor.acceptOperator("_");
        Token open = cursor.next();
        if (!open.is(Kind.OPEN)) {
            throw cursor.unexpected(open, "{x → a}");
        }
        Expr variable = atoms.grammar.nested();
        if (!cursor.accept(Kind.RELATION, Statement.Operator.TENDS_TO.sign()) && !cursor.accept(Kind.RELATION, "⇒")) {
            throw cursor.unexpected(cursor.peek(), "→");
        }
        boolean sided = isSided();
        Expr target = sided ? atoms.argument() : atoms.grammar.nested();
        Limit.Side side = sided ? side() : Limit.Side.BOTH;
        cursor.expectClose(open, open.text().equals("(") ? ")" : "}");
        return cursor.make(new Limit(atoms.grammar.term(), variable, target, side), sign.start());
    }

    /** Whether one token and a raised sign follow: {@code 0^+}, {@code a^{-}}, {@code 0⁺}. */
    private boolean isSided() {
        if (cursor.peek(1).is(Kind.SUPERSCRIPT)) {
            return isSign(cursor.peek(1));
        }
        int sign = cursor.peek(2).is(Kind.OPEN) ? 3 : 2;
        return cursor.peek(1).isOperator("^")
                && isSign(cursor.peek(sign))
                && cursor.peek(sign + 1).is(Kind.CLOSE);
    }

    private static boolean isSign(Token token) {
        return token.text().equals("+") || token.text().equals("-");
    }

    private Limit.Side side() {
        Token raised = cursor.next();
        Token sign = raised.is(Kind.SUPERSCRIPT) ? raised : cursor.next();
        if (sign.is(Kind.OPEN)) {
            Token inner = cursor.next();
            cursor.expectClose(sign, "}");
            sign = inner;
        }
        return sign.text().equals("+") ? Limit.Side.ABOVE : Limit.Side.BELOW;
    }
}
