package phifleet.equations.identity;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Trees;

/** Seeded random expressions in x and y, and rewritings of them that hold for some values only. */
final class RandomExpressions {
    private static final List<Function> FUNCTIONS = List.of(
            Function.SIN,
            Function.COS,
            Function.TAN,
            Function.EXP,
            Function.LOG,
            Function.SQRT,
            Function.ABS,
            Function.SIGN,
            Function.ASIN,
            Function.ATAN,
            Function.SINH,
            Function.TANH,
            Function.ATANH,
            Function.GAMMA,
            Function.RE,
            Function.ACOSH);

    private static final List<Expr> CONSTANTS =
            List.of(Expr.Constant.PI, Expr.Constant.E, Expr.Constant.I, Expr.Constant.GOLDEN);

    private final SplittableRandom random;

    RandomExpressions(SplittableRandom random) {
        this.random = random;
    }

    Expr next(int depth) {
        return switch (random.nextInt(depth <= 0 ? 3 : 13)) {
            case 0 -> random.nextInt(3) == 0 ? fraction() : integer(random.nextInt(-3, 5));
            case 1 -> Symbol.of(random.nextBoolean() ? "x" : "y");
            case 2 -> random.nextInt(4) == 0 ? CONSTANTS.get(random.nextInt(CONSTANTS.size())) : Symbol.of("x");
            case 3, 4 -> new Expr.Sum(List.of(next(depth - 1), next(depth - 1)));
            case 5, 6 -> new Product(List.of(next(depth - 1), next(depth - 1)));
            case 7 -> new Quotient(next(depth - 1), next(depth - 1));
            case 8, 9 -> new Power(next(depth - 1), random.nextInt(3) == 0 ? next(depth - 2) : fraction());
            case 10 -> new Expr.Negation(next(depth - 1));
            default -> Call.of(FUNCTIONS.get(random.nextInt(FUNCTIONS.size())), next(depth - 1));
        };
    }

    private static Expr integer(int value) {
        return value < 0 ? new Expr.Negation(Num.of(-value)) : Num.of(value);
    }

    private Expr fraction() {
        Expr size = new Quotient(Num.of(random.nextInt(1, 6)), Num.of(random.nextInt(1, 5)));
        return random.nextInt(3) == 0 ? new Expr.Negation(size) : size;
    }

    /** The expression with rules applied here and there that students apply everywhere. */
    Expr rewritten(Expr expr) {
        return Trees.rewrite(expr, node -> random.nextBoolean() ? node : rule(node));
    }

    private Expr rule(Expr node) {
        return switch (node) {
            case Power(Power(Expr base, Expr inner), Expr outer) -> new Power(base, new Product(List.of(inner, outer)));
            case Power(Product(List<Expr> factors), Expr exponent) ->
                new Product(factors.stream()
                        .map(factor -> (Expr) new Power(factor, exponent))
                        .toList());
            case Power(Quotient(Expr top, Expr bottom), Expr exponent) ->
                new Quotient(new Power(top, exponent), new Power(bottom, exponent));
            case Power(Expr.Negation(Expr base), Expr exponent) ->
                new Product(List.of(new Power(integer(-1), exponent), new Power(base, exponent)));
            case Power(Expr base, Expr.Sum(List<Expr> exponents)) ->
                new Product(exponents.stream()
                        .map(exponent -> (Expr) new Power(base, exponent))
                        .toList());
            case Power(Expr base, Expr exponent) ->
                Call.of(Function.EXP, new Product(List.of(exponent, Call.of(Function.LOG, base))));
            case Product(List<Expr> factors) -> {
                List<Expr> reversed = new ArrayList<>(factors);
                Collections.reverse(reversed);
                yield new Product(reversed);
            }
            case Call call -> ofCall(call);
            default -> node;
        };
    }

    private static Expr ofCall(Call call) {
        Function function = call.function();
        Expr argument = call.argument();
        if (function == Function.LOG && argument instanceof Product(List<Expr> factors)) {
            return new Expr.Sum(factors.stream()
                    .map(factor -> (Expr) Call.of(Function.LOG, factor))
                    .toList());
        }
        if (function == Function.LOG && argument instanceof Power(Expr base, Expr exponent)) {
            return new Product(List.of(exponent, Call.of(Function.LOG, base)));
        }
        if (function == Function.ABS && argument instanceof Product(List<Expr> factors)) {
            return new Product(factors.stream()
                    .map(factor -> (Expr) Call.of(Function.ABS, factor))
                    .toList());
        }
        if (function == Function.ABS && argument instanceof Power(Expr base, Expr exponent)) {
            return new Power(Call.of(Function.ABS, base), exponent);
        }
        if (function == Function.EXP && argument instanceof Product(List<Expr> factors) && factors.size() == 2) {
            return new Power(Call.of(Function.EXP, factors.get(0)), factors.get(1));
        }
        if (argument instanceof Expr.Negation(Expr inner)) {
            return new Expr.Negation(Call.of(function, inner));
        }
        if (argument instanceof Call inner && undoes(function, inner.function())) {
            return inner.argument();
        }
        return function == Function.TAN
                ? new Quotient(Call.of(Function.SIN, argument), Call.of(Function.COS, argument))
                : call;
    }

    private static boolean undoes(Function outer, Function inner) {
        return (outer == Function.LOG && inner == Function.EXP)
                || (outer == Function.ASIN && inner == Function.SIN)
                || (outer == Function.SIN && inner == Function.ASIN)
                || (outer == Function.ATAN && inner == Function.TAN);
    }
}
