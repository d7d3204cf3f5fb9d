package phifleet.equations.claim;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;
import phifleet.equations.identity.RealFunction;

/** What kind of claim an equation can be, by its form alone. */
public final class Claims {
    /** Functions that are powers, or made of such. */
    static final Set<Function> ALGEBRAIC = EnumSet.of(Function.SQRT, Function.ROOT, Function.ABS);

    private static final Set<String> MATHEMATICAL = Set.of("x", "y", "z", "f", "a", "b", "c", "m", "n", "k");
    private static final Set<String> PERHAPS_CONSTANTS = Set.of("e", "i", "I");

    private Claims() {}

    /** Whether it is numbers with units alone: {@code 5 km + 200 m = 5.2 km}. */
    public static boolean isQuantities(Relation relation) {
        return Trees.symbols(relation).isEmpty() && Trees.any(relation, node -> node instanceof Expr.Quantity);
    }

    /** Whether one side is a quantity that the other does not hold: {@code F = m a} says what F is, for all values it is false. */
    public static boolean isDefinition(Relation relation) {
        if (relation.sides().size() != 2) {
            return false;
        }
        return defines(relation.left(), relation.right()) || defines(relation.right(), relation.left());
    }

    /** Whether it is worth a test for all values; an inequality between several quantities is not. */
    public static boolean isClaim(Relation relation) {
        boolean equation = relation.operators().stream()
                .allMatch(o -> o == Statement.Operator.EQUAL || o == Statement.Operator.IDENTICAL);
        return equation ? !isDefinition(relation) : isOfOneSymbol(relation);
    }

    private static boolean defines(Expr side, Expr other) {
        return switch (side) {
            case Symbol symbol ->
                !names(other).contains(symbol.plain().name()) && !names(other).isEmpty();
            case Expr.Application application ->
                !names(other).contains(application.head().plain().name());
            default -> false;
        };
    }

    /**
     * Whether it can only be meant for all values, or to be solved: no unknown function, and the same symbols on both
     * sides.
     */
    public static boolean isForAllValues(Relation relation) {
        if (relation.sides().stream().anyMatch(Claims::hasUnknownFunction)) {
            return false;
        }
        SortedSet<String> first = names(relation.left());
        return relation.sides().stream().allMatch(side -> names(side).equals(first)) || isOfOneSymbol(relation);
    }

    /**
     * Whether it is more likely meant for all values than as a relation between quantities: the symbols of one side are
     * among those of the other, and that other is built as identities are, from several functions, sums in
     * denominators and powers, or symbolic exponents. Laws that look so are known, and were looked up before.
     */
    public static boolean isLikelyForAllValues(Relation relation) {
        if (relation.sides().size() != 2 || relation.sides().stream().anyMatch(Claims::hasUnknownFunction)) {
            return false;
        }
        SortedSet<String> left = names(relation.left());
        SortedSet<String> right = names(relation.right());
        return (left.containsAll(right) && isStructured(relation.left(), right.isEmpty()))
                || (right.containsAll(left) && isStructured(relation.right(), left.isEmpty()));
    }

    /** Beside a number, {@code e^{-t/T} = 1/2}, one power tells nothing: there is something to be solved. */
    private static boolean isStructured(Expr side, boolean besideNumber) {
        int[] functions = {0};
        int[] shares = {0};
        boolean[] sums = {false};
        Trees.visit(side, node -> {
            shares[0] += node instanceof Expr.Quotient(Expr _, Expr.Sum _) ? 1 : 0;
            functions[0] += node instanceof Expr.Call call && !ALGEBRAIC.contains(call.function()) ? 1 : 0;
            sums[0] |= switch (node) {
                case Expr.Quotient(Expr above, Expr below) -> above instanceof Expr.Sum && below instanceof Expr.Sum;
                case Expr.Power(Expr base, Expr exponent) ->
                    (base instanceof Expr.Sum && exponent instanceof Expr.Num)
                            || !names(exponent).isEmpty();
                default -> false;
            };
        });
        return functions[0] > 1 || ((sums[0] || shares[0] > 1) && !besideNumber);
    }

    private static boolean isOfOneSymbol(Relation relation) {
        SortedSet<String> all = new TreeSet<>();
        relation.sides().forEach(side -> all.addAll(names(side)));
        return all.size() <= 1;
    }

    /**
     * Whether it reads as a question for the value of its one symbol: nothing but numbers on a side, or both sides
     * written out as short sums of powers. {@code (x+1)^2 = x^2 + 1} and {@code sin(2x) = 2 sin(x)} are claims.
     */
    public static boolean isToBeSolved(Relation relation) {
        if (relation.sides().size() != 2 || !isOfOneSymbol(relation) || isPythagorean(relation)) {
            return false;
        }
        boolean number = relation.sides().stream().anyMatch(side -> names(side).isEmpty());
        boolean expanded = relation.sides().stream().allMatch(Claims::isExpanded);
        return number
                || expanded
                || isFixedPoint(relation.left(), relation.right())
                || isFixedPoint(relation.right(), relation.left());
    }

    /** Whether it says what a derivative or an indefinite integral is, and not for which value that is a number. */
    public static boolean isWorkedOut(Relation relation) {
        boolean worked = Trees.any(
                relation,
                node -> node instanceof Expr.Derivative
                        || (node instanceof Expr.Integral integral && !integral.isBounded()));
        return worked && relation.sides().stream().noneMatch(side -> names(side).isEmpty());
    }

    /**
     * Whether a side is the derivative of what is written out in its variable, and the other says what that is in its letters: {@code ∂/∂x
     * (x² y) = 2xy}.
     */
    public static boolean isDifferentiated(Relation relation) {
        return relation.isEquation()
                && relation.sides().size() == 2
                && (isDifferentiated(relation.left(), relation.right())
                        || isDifferentiated(relation.right(), relation.left()));
    }

    private static boolean isDifferentiated(Expr side, Expr other) {
        return side instanceof Expr.Derivative(Expr operand, List<Expr.Derivative.By> by, boolean _)
                && !(operand instanceof Symbol)
                && by.size() == 1
                && by.getFirst().variable() instanceof Symbol variable
                && Trees.symbols(operand).contains(variable)
                && names(operand).containsAll(names(other))
                && !names(other).isEmpty()
                && !hasUnknownFunction(operand)
                && !hasUnknownFunction(other);
    }

    /** Squares of two functions of one thing that are said to make ±1 or 0, as identities do: {@code cosh²x + sinh²x = 1}. */
    private static boolean isPythagorean(Relation relation) {
        return isSumOfSquares(relation.left(), relation.right()) || isSumOfSquares(relation.right(), relation.left());
    }

    private static boolean isSumOfSquares(Expr side, Expr other) {
        Expr plain = other instanceof Expr.Negation(Expr operand) ? operand : other;
        boolean unit = plain instanceof Expr.Num number && (number.is(1) || number.is(0));
        if (!unit || !(side instanceof Expr.Sum(List<Expr> terms))) {
            return false;
        }
        Set<Expr> functions = new HashSet<>();
        Set<Expr> arguments = new HashSet<>();
        for (Expr term : terms) {
            Expr square = term instanceof Expr.Negation(Expr operand) ? operand : term;
            if (!(square instanceof Expr.Power(Expr.Call call, Expr.Num two))
                    || !two.is(2)
                    || ALGEBRAIC.contains(call.function())) {
                return false;
            }
            functions.add(call);
            arguments.add(call.argument());
        }
        return functions.size() > 1 && arguments.size() == 1;
    }

    /** {@code cos(x) = x}: the symbol alone on one side, and only inside of functions on the other. */
    private static boolean isFixedPoint(Expr side, Expr other) {
        return side instanceof Symbol
                && other instanceof Expr.Call
                && !names(other).isEmpty();
    }

    private static boolean isExpanded(Expr side) {
        return Trees.terms(side).stream().allMatch(Claims::isMonomial);
    }

    private static boolean isMonomial(Expr term) {
        return switch (term) {
            case Expr.Negation(Expr operand) -> isMonomial(operand);
            case Expr.Num _, Symbol _, Expr.Constant _ -> true;
            case Expr.Power(Expr base, Expr exponent) -> base instanceof Symbol && exponent instanceof Expr.Num;
            // x² x³ is there to be worked out: that is a claim.
            case Expr.Product(List<Expr> factors) ->
                factors.stream().allMatch(Claims::isMonomial)
                        && factors.stream()
                                        .filter(factor -> !names(factor).isEmpty())
                                        .count()
                                <= 1;
            case Expr.Quotient(Expr a, Expr b) -> isMonomial(a) && b instanceof Expr.Num;
            case Expr.Call call ->
                ALGEBRAIC.contains(call.function()) && names(call).isEmpty();
            default -> false;
        };
    }

    /** Whether it is about plain numbers by its letters, as {@code y = 2x + 1} is: x, y, z and what goes with them. */
    public static boolean isPlainMathematics(Relation relation) {
        SortedSet<String> all = new TreeSet<>();
        relation.sides().forEach(side -> all.addAll(names(side)));
        boolean plane = all.contains("x") && (all.contains("y") || all.contains("f"));
        return (plane && MATHEMATICAL.containsAll(all)) || isFunctionOfX(relation);
    }

    /** {@code P(x) = x² + 1}: a function of x, and nothing but x. */
    public static boolean isFunctionOfX(Relation relation) {
        return relation.left() instanceof Expr.Application(Symbol head, List<Expr> arguments)
                && arguments.equals(List.of(Symbol.of("x")))
                && !head.name().equals("x")
                && names(relation.right()).equals(new TreeSet<>(List.of("x")));
    }

    private static boolean hasUnknownFunction(Expr side) {
        return Trees.any(side, node -> switch (node) {
            case Expr.Application _, Expr.Derivative _, Expr.Nabla _ -> true;
            case Expr.Integral integral -> !integral.isBounded();
            case Expr.Series series -> !series.index().isBounded();
            case Expr.Call call ->
                switch (call.function()) {
                    case CHANGE, DIFFERENTIAL, VARIATION, AVERAGE, ORDER, OMITTED -> true;
                    case NORM -> !isOfVectors(call.argument());
                    case EXPECTATION, VARIANCE, COVARIANCE, PROBABILITY -> true;
                    default -> false;
                };
            default -> false;
        });
    }

    /** Whether it is of vectors with arrows or of columns, whose length is calculated from their components. */
    private static boolean isOfVectors(Expr of) {
        return Trees.any(of, node -> node instanceof Expr.Matrix || (node instanceof Symbol symbol && symbol.vector()));
    }

    /** The names of the free symbols; i and e may be constants and tell nothing. */
    static SortedSet<String> names(Expr side) {
        SortedSet<String> names = new TreeSet<>(RealFunction.symbols(side, side));
        Trees.visit(side, node -> {
            if (node instanceof Expr.Application application) {
                names.add(application.head().plain().name());
            }
        });
        names.removeAll(PERHAPS_CONSTANTS);
        return names;
    }

    /** Whether it is about numbers alone, without letters or units. */
    public static boolean isClosed(Relation relation) {
        return relation.sides().stream()
                        .allMatch(side -> RealFunction.symbols(side, side).isEmpty())
                && !Trees.any(
                        relation,
                        node -> node instanceof Expr.Quantity
                                || node instanceof Expr.Application
                                || node instanceof Expr.Derivative);
    }
}
