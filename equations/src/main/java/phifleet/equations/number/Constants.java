package phifleet.equations.number;

import java.util.List;
import java.util.Set;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Constant;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;
import phifleet.equations.golden.GoldenRatio;
import phifleet.equations.identity.RealFunction;

/**
 * Which letters are constants in which reading. φ is the golden ratio where it is the only symbol or the request says so;
 * e under an exponent that is no plain number is Euler's number; and an equation that is an identity once e, i, j and I
 * are constants was meant so.
 */
public final class Constants {
    private static final Set<String> IMAGINARY = Set.of("i", "j", "I");

    private Constants() {}

    /** The statement with φ as a number, if it is one here. */
    public static Statement golden(Statement statement, boolean asked, Set<String> declared) {
        return declared.contains("phi") ? statement : GoldenRatio.withGoldenRatio(statement, asked);
    }

    /** The statement with e as Euler's number where it is raised to what is no plain number. */
    public static Statement euler(Statement statement, Set<String> declared) {
        if (declared.contains("e")) {
            return statement;
        }
        if (isValue(statement)) {
            return replace(statement, Symbol.of("e"), Constant.E);
        }
        return Trees.mapSides(
                statement,
                side -> Trees.rewrite(side, node -> switch (node) {
                    case Power(Symbol s, Expr exponent)
                    when s.name().equals("e") && !isNumber(exponent) -> new Power(Constant.E, exponent);
                    default -> node;
                }));
    }

    /** Whether e is all that is open, or stands alone, beside a value of analysis or a logarithm: {@code ∫_0^1 x e^x dx = e}. */
    private static boolean isValue(Statement statement) {
        Symbol e = Symbol.of("e");
        if (!(statement instanceof Statement.Relation relation)
                || relation.sides().size() != 2
                || !Trees.symbols(relation).contains(e)
                || isBound(statement, e)) {
            return false;
        }
        boolean analysis = Trees.any(
                relation,
                node -> node instanceof Expr.Integral
                        || node instanceof Expr.Series
                        || node instanceof Expr.Limit
                        || (node instanceof Expr.Call call && call.function() == Function.LOG));
        List<String> open = RealFunction.symbols(relation.left(), relation.right());
        boolean alone = relation.left().equals(e) || relation.right().equals(e);
        return analysis && (open.equals(List.of("e")) || (alone && open.size() == 2));
    }

    private static boolean isNumber(Expr exponent) {
        return switch (exponent) {
            case Expr.Num _ -> true;
            case Expr.Negation(Expr operand) -> isNumber(operand);
            case Expr.Quotient(Expr a, Expr b) -> isNumber(a) && isNumber(b);
            default -> false;
        };
    }

    /** The statement with e, i, j and I as constants, but for those that are declared, indexed or bound. */
    public static Statement mathematical(Statement statement, Set<String> declared) {
        Statement read = statement;
        for (Symbol symbol : Trees.symbols(statement)) {
            String name = symbol.name();
            boolean constant = name.equals("e") || name.equals("E") || IMAGINARY.contains(name);
            if (constant && !declared.contains(name) && !isBound(statement, symbol)) {
                // SymPy prints Euler's number as E; where other symbols are declared and E is not, it is that.
                if (name.equals("e") || (name.equals("E") && (!declared.isEmpty() || isRaised(statement, symbol)))) {
                    read = replace(read, symbol, Constant.E);
                } else if (IMAGINARY.contains(name)) {
                    read = replace(read, symbol, Constant.I);
                }
            }
        }
        return read;
    }

    /** Whether the symbol always stands under an exponent that is no plain number. */
    private static boolean isRaised(Statement statement, Symbol symbol) {
        int[] count = {0, 0};
        Trees.visit(statement, node -> {
            count[0] += node.equals(symbol) ? 1 : 0;
            count[1] += node instanceof Power(Expr base, Expr exponent) && base.equals(symbol) && !isNumber(exponent)
                    ? 1
                    : 0;
        });
        return count[0] == count[1];
    }

    private static boolean isBound(Statement statement, Symbol symbol) {
        return Trees.any(statement, node -> switch (node) {
            case Expr.Derivative derivative ->
                derivative.variables().stream().anyMatch(by -> by.variable().equals(symbol));
            case Expr.Integral integral ->
                integral.ranges().stream().anyMatch(range -> range.variable().equals(symbol));
            case Expr.Series series -> series.index().variable().equals(symbol);
            case Expr.Limit limit -> limit.variable().equals(symbol);
            case Expr.Application application -> application.head().equals(symbol);
            default -> false;
        });
    }

    private static Statement replace(Statement statement, Symbol symbol, Constant constant) {
        return Trees.mapSides(statement, side -> Trees.replace(side, symbol, constant));
    }
}
