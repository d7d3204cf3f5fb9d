package phifleet.equations.claim;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
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

    /** The same with one thing changed, in all ways, at most {@code most} of them. */
    static List<Expr> of(Expr expr, int most) {
        List<Expr> variants = changed(expr).limit(most).collect(Collectors.toCollection(ArrayList::new));
        List<Expr> parts = Trees.children(expr);
        for (int i = 0; i < parts.size() && variants.size() < most; i++) {
            int place = i;
            of(parts.get(i), most - variants.size()).forEach(part -> variants.add(replaced(expr, place, part)));
        }
        return variants;
    }

    /** With one of its own changed, not within its parts. */
    private static Stream<Expr> changed(Expr expr) {
        return switch (expr) {
            case Expr.Sum(List<Expr> terms) ->
                IntStream.range(0, terms.size()).mapToObj(i -> {
                    List<Expr> turned = new ArrayList<>(terms);
                    turned.set(i, new Expr.Negation(terms.get(i)));
                    return new Expr.Sum(turned);
                });
            // Times for plus.
            case Expr.Product(List<Expr> factors)
            when factors.size() == 2 && factors.getFirst() instanceof Expr.Num -> Stream.of(new Expr.Sum(factors));
            case Expr.Call(Function function, List<Expr> arguments) ->
                Stream.ofNullable(relative(function)).map(other -> new Expr.Call(other, arguments));
            default -> Stream.empty();
        };
    }

    private static Expr replaced(Expr expr, int place, Expr part) {
        int[] at = {0};
        return Trees.mapChildren(expr, child -> at[0]++ == place ? part : child);
    }
}
