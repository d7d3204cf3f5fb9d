package phifleet.equations.matrix;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.budget.Budget;
import phifleet.equations.exact.Rational;

/**
 * The value of an expression in which letters stand for matrices of numbers, in the order in which they are multiplied.
 *
 * @param size of the matrices
 * @param matrices by name
 * @param scalars by name
 * @param budget what products and inverses are paid from
 */
record MatrixValue(
        MatrixLetters letters,
        int size,
        Map<String, NumberMatrix> matrices,
        Map<String, Gaussian> scalars,
        Budget budget) {
    /** Steps of the budget for a product of two entries. */
    private static final int STEPS_PER_ENTRY = 3;
    /** Eliminations cost that many products. */
    private static final int ELIMINATION = 4;

    private static final int MAX_POWER = 8;
    /** Rows of a product with ⊗, at most. */
    private static final int MAX_ROWS = 64;

    /** A matrix of one row and one column where it is a number. */
    NumberMatrix of(Expr expr) {
        return switch (expr) {
            case Expr.Num(BigDecimal value) -> number(Gaussian.of(Rational.of(value)));
            case Expr.Constant constant when constant == Expr.Constant.I -> number(Gaussian.I);
            case Symbol symbol -> symbol(symbol);
            case Expr.Negation(Expr operand) -> of(operand).each(Gaussian::negate);
            case Expr.Sum(List<Expr> terms) -> sum(terms.stream().map(this::of).toList());
            case Expr.Product(List<Expr> factors) ->
                factors.stream().map(this::of).reduce(this::times).orElseThrow();
            case Expr.Quotient(Expr above, Expr below) -> {
                NumberMatrix divisor = of(below);
                if (!isNumber(divisor)) {
                    throw new Grid.Unfit("a quotient of matrices");
                }
                yield times(number(divisor.at(0, 0).reciprocal()), of(above));
            }
            case Expr.Power(Expr base, Expr exponent) -> power(base, exponent);
            case Expr.Call(Function function, List<Expr> arguments)
            when arguments.size() > 1 ->
                arguments.stream()
                        .map(this::of)
                        .reduce((a, b) -> together(function, a, b))
                        .orElseThrow();
            case Expr.Call(Function function, List<Expr> arguments) -> call(function, of(arguments.getFirst()));
            case Expr.Application(Symbol head, List<Expr> arguments) -> application(head, arguments);
            default -> throw new Grid.Unfit("no rule for it with matrices");
        };
    }

    private static NumberMatrix number(Gaussian value) {
        return NumberMatrix.of(1, 1, (i, j) -> value);
    }

    private static boolean isNumber(NumberMatrix value) {
        return value.height() == 1 && value.width() == 1;
    }

    private NumberMatrix symbol(Symbol symbol) {
        if (symbol.name().equals(MatrixLetters.IDENTITY)) {
            return NumberMatrix.identity(size);
        }
        boolean adjoint = symbol.mark().equals(MatrixLetters.DAGGER);
        String name = adjoint ? symbol.base() + MatrixLetters.index(symbol) : symbol.name();
        NumberMatrix matrix = matrices.get(name);
        if (matrix != null) {
            return adjoint ? adjoint(matrix) : matrix;
        }
        if (name.equals("n")) {
            return number(Gaussian.of(size, 0));
        }
        Gaussian scalar = scalars.get(name);
        if (scalar == null || adjoint) {
            throw new Grid.Unfit("a letter that is neither a matrix nor a number");
        }
        return number(scalar);
    }

    private static NumberMatrix adjoint(NumberMatrix matrix) {
        return matrix.transposed().each(Gaussian::conjugate);
    }

    private static NumberMatrix sum(List<NumberMatrix> terms) {
        NumberMatrix total = null;
        for (NumberMatrix term : terms) {
            boolean zero = isNumber(term) && term.at(0, 0).isZero();
            total = total == null || (isNumber(total) && total.at(0, 0).isZero())
                    ? term
                    : zero ? total : total.plus(term);
        }
        return java.util.Objects.requireNonNull(total);
    }

    private NumberMatrix times(NumberMatrix a, NumberMatrix b) {
        if (isNumber(a)) {
            return b.each(entry -> a.at(0, 0).times(entry));
        }
        pay(1, Math.max(a.height(), b.width()));
        return isNumber(b) ? a.each(entry -> entry.times(b.at(0, 0))) : a.times(b);
    }

    private NumberMatrix power(Expr base, Expr exponent) {
        boolean length = base instanceof Expr.Call(Function function, List<Expr> _)
                && (function == Function.ABS || function == Function.NORM)
                && exponent instanceof Expr.Num two
                && two.is(2);
        if (length && base instanceof Expr.Call call && of(call.argument()).width() == 1) {
            NumberMatrix column = of(call.argument());
            return adjoint(column).times(column);
        }
        NumberMatrix value = of(base);
        if (exponent instanceof Symbol symbol) {
            if (MatrixLetters.isSign(symbol, letters.transposing())) {
                return value.transposed();
            }
            // The n of kⁿ det A is the size of A.
            boolean counts = isNumber(value) && symbol.name().equalsIgnoreCase("n");
            return counts ? power(value, size) : unfit();
        }
        boolean inverted = exponent instanceof Expr.Negation;
        Expr plain = exponent instanceof Expr.Negation(Expr operand) ? operand : exponent;
        if (!(plain instanceof Expr.Num number)
                || !number.isInteger()
                || number.value().abs().intValue() > MAX_POWER) {
            return unfit();
        }
        int times = number.value().intValue();
        if (!inverted) {
            return power(value, times);
        }
        pay(ELIMINATION, value.height());
        NumberMatrix inverse = isNumber(value) ? number(value.at(0, 0).reciprocal()) : value.inverse();
        return power(inverse, times);
    }

    private static NumberMatrix unfit() {
        throw new Grid.Unfit("a power of a matrix");
    }

    private NumberMatrix power(NumberMatrix base, int times) {
        NumberMatrix result = isNumber(base) ? number(Gaussian.ONE) : NumberMatrix.identity(base.height());
        for (int i = 0; i < times; i++) {
            result = times(result, base);
        }
        return result;
    }

    private void pay(int products, int rows) {
        budget.spend((long) products * rows * rows * rows * STEPS_PER_ENTRY);
    }

    private NumberMatrix together(Function function, NumberMatrix a, NumberMatrix b) {
        return switch (function) {
            case TENSOR -> {
                if (a.height() * b.height() > MAX_ROWS) {
                    throw new Grid.Unfit("a product of too many rows");
                }
                pay(1, a.height() * b.height());
                yield a.tensor(b);
            }
            case MIN -> isLess(a, b) ? a : b;
            case MAX -> isLess(a, b) ? b : a;
            default -> throwing();
        };
    }

    /** Of two real numbers. */
    static boolean isLess(NumberMatrix a, NumberMatrix b) {
        if (!isNumber(a) || !isNumber(b) || !a.at(0, 0).isReal() || !b.at(0, 0).isReal()) {
            throw new Grid.Unfit("an order of what is no real number");
        }
        return a.at(0, 0).re().compareTo(b.at(0, 0).re()) < 0;
    }

    private NumberMatrix call(Function function, NumberMatrix argument) {
        pay(ELIMINATION, argument.height());
        return switch (function) {
            case TRANSPOSE -> argument.transposed();
            case TRACE -> number(argument.trace());
            case DETERMINANT -> number(argument.determinant());
            case RANK -> number(Gaussian.of(argument.rank(), 0));
            case NULLITY -> number(Gaussian.of(argument.width() - argument.rank(), 0));
            case ABS -> isNumber(argument) ? throwing() : number(argument.determinant());
            default -> throwing();
        };
    }

    private static NumberMatrix throwing() {
        throw new Grid.Unfit("a function of a matrix");
    }

    private NumberMatrix application(Symbol head, List<Expr> arguments) {
        return switch (head.base()) {
            case "adjoint" -> adjoint(of(arguments.getFirst()));
            case "commutator", "anticommutator" -> {
                NumberMatrix a = of(arguments.getFirst());
                NumberMatrix b = of(arguments.getLast());
                NumberMatrix turned = times(b, a);
                yield times(a, b).plus(head.base().equals("commutator") ? turned.each(Gaussian::negate) : turned);
            }
            default -> throwing();
        };
    }
}
