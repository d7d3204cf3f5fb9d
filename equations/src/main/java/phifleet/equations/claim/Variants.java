package phifleet.equations.claim;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Trees;

/** An expression as it may have been meant: with another sign, a relative of a function, plus where times is written. */
final class Variants {
    private static final Map<Function, Function> KIN = new EnumMap<>(Map.of(
            Function.SIN, Function.COS,
            Function.COS, Function.SIN,
            Function.TAN, Function.COT,
            Function.COT, Function.TAN,
            Function.SINH, Function.COSH,
            Function.COSH, Function.SINH,
            Function.SEC, Function.CSC,
            Function.CSC, Function.SEC,
            Function.TANH, Function.COTH,
            Function.COTH, Function.TANH));

    private Variants() {}

    /** The function that one is taken for; null where there is none. */
    static @Nullable Function relative(Function function) {
        return KIN.get(function);
    }

    /** Adds the same with one thing changed, in all ways, some {@code most} of them. */
    static void add(Expr expr, List<Expr> out, int most) {
        if (expr instanceof Expr.Sum(List<Expr> terms)) {
            for (int i = 0; i < terms.size(); i++) {
                List<Expr> turned = new ArrayList<>(terms);
                turned.set(i, new Expr.Negation(terms.get(i)));
                out.add(new Expr.Sum(turned));
            }
        } else if (expr instanceof Expr.Product(List<Expr> factors)
                && factors.size() == 2
                && factors.getFirst() instanceof Expr.Num) {
            // Times for plus.
            out.add(new Expr.Sum(factors));
        } else if (expr instanceof Expr.Call call) {
            Function other = KIN.get(call.function());
            if (other != null) {
                out.add(new Expr.Call(other, call.arguments()));
            }
        }
        List<Expr> parts = Trees.children(expr);
        for (int i = 0; i < parts.size() && out.size() < most; i++) {
            List<Expr> inner = new ArrayList<>();
            add(parts.get(i), inner, most);
            int place = i;
            inner.forEach(variant -> out.add(replaced(expr, place, variant)));
        }
    }

    private static Expr replaced(Expr expr, int place, Expr part) {
        int[] at = {0};
        return Trees.mapChildren(expr, child -> at[0]++ == place ? part : child);
    }
}
