package phifleet.equations.identity;

import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Trees;

/** The symbols that an expression depends on. */
final class Free {
    private static final Set<Function> JUMPS = Set.of(
            Function.KRONECKER_DELTA,
            Function.FLOOR,
            Function.CEILING,
            Function.MOD,
            Function.SIGN,
            Function.HEAVISIDE,
            Function.MIN,
            Function.MAX);

    private Free() {}

    /** Their names in order; the index of a sum is not among them. */
    static List<String> names(Expr left, Expr right) {
        SortedSet<String> names = new TreeSet<>();
        collect(left, Set.of(), names);
        collect(right, Set.of(), names);
        return List.copyOf(names);
    }

    private static void collect(Expr expr, Set<String> bound, Set<String> names) {
        if (expr instanceof Symbol symbol) {
            if (!bound.contains(symbol.plain().name())) {
                names.add(symbol.plain().name());
            }
        } else if (expr instanceof Expr.Series series && series.index().variable() instanceof Symbol index) {
            Set<String> inner = new HashSet<>(bound);
            inner.add(index.plain().name());
            collect(series.body(), inner, names);
            if (series.index().lower() != null) {
                collect(series.index().lower(), bound, names);
            }
            if (series.index().upper() != null) {
                collect(series.index().upper(), bound, names);
            }
        } else if (expr instanceof Expr.Integral integral) {
            Set<String> inner = new HashSet<>(bound);
            for (Expr.Range range : integral.ranges()) {
                if (range.isBounded() && range.variable() instanceof Symbol variable) {
                    inner.add(variable.plain().name());
                }
                Stream.of(range.lower(), range.upper())
                        .filter(Objects::nonNull)
                        .forEach(part -> collect(part, inner, names));
            }
            collect(integral.integrand(), inner, names);
        } else if (expr instanceof Expr.Limit limit && limit.variable() instanceof Symbol variable) {
            Set<String> inner = new HashSet<>(bound);
            inner.add(variable.plain().name());
            collect(limit.body(), inner, names);
            collect(limit.target(), bound, names);
        } else {
            expr.children().forEach(part -> collect(part, bound, names));
        }
    }

    /** Names of symbols that have to be integers for the expression to mean anything, or to be interesting. */
    static void collectWhole(Expr expr, Set<String> names) {
        Trees.visit(expr, node -> {
            if (node instanceof Expr.Series series) {
                if (series.index().lower() != null) {
                    collect(series.index().lower(), Set.of(), names);
                }
                if (series.index().upper() != null) {
                    collect(series.index().upper(), Set.of(), names);
                }
            } else if (node instanceof Expr.Call call
                    && (call.function() == Function.KRONECKER_DELTA || call.function() == Function.DOUBLE_FACTORIAL)) {
                call.arguments().forEach(argument -> collect(argument, Set.of(), names));
            }
        });
    }

    /** Whether single points, integers mostly, may behave unlike all points around them. */
    static boolean hasJumps(Expr expr) {
        return expr instanceof Expr.Piecewise
                || (expr instanceof Expr.Call call && JUMPS.contains(call.function()))
                || expr.children().stream().anyMatch(Free::hasJumps);
    }
}
