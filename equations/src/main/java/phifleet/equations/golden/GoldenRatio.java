package phifleet.equations.golden;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Constant;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.exact.Domain;
import phifleet.equations.exact.FormText;
import phifleet.equations.exact.Fraction;
import phifleet.equations.exact.Normalizer;
import phifleet.equations.exact.Sqrt5;
import phifleet.equations.exact.TooComplex;
import phifleet.equations.golden.PhiCoherence.Kind;
import phifleet.equations.golden.PhiCoherence.Witness;
import phifleet.equations.solve.PolynomialEquation;
import phifleet.equations.solve.Root;

/**
 * The φ-coherence of a statement: the mean over its witnesses.
 *
 * <p>Witnesses are irrational parts without symbols, the roots of a polynomial of degree 2 to 6 in one symbol, and decimals of four or more
 * significant digits. The first two score 1 where they lie in Q(√5) and not in Q, else 0; for decimals see {@link DecimalWitness}.
 */
public final class GoldenRatio {
    private static final int LOWEST_DEGREE = 2;
    private static final int HIGHEST_DEGREE = 6;
    /** Steps for one normal form. */
    private static final long STEP_LIMIT = 10_000;
    /** Steps for one statement. */
    private static final long TOTAL_LIMIT = 50_000;
    /** Witnesses that are looked at. */
    private static final int MAX_WITNESSES = 200;

    private final Budget budget;
    private final List<Witness> witnesses = new ArrayList<>();

    private GoldenRatio(Budget budget) {
        this.budget = budget;
    }

    /**
     * The coherence of {@code statement}, in which φ is taken by {@link #withGoldenRatio}.
     *
     * @param golden whether φ is the golden ratio beside other symbols too
     */
    public static PhiCoherence of(Statement statement, boolean golden, Budget budget) {
        GoldenRatio search = new GoldenRatio(budget.part(TOTAL_LIMIT));
        try {
            Statement read = withGoldenRatio(statement, golden);
            for (Expr side : Trees.sides(read)) {
                search.look(side);
            }
            if (read instanceof Statement.Relation relation && relation.isEquation()) {
                search.roots(relation, budget);
            }
        } catch (Budget.Spent e) {
            return PhiCoherence.of(search.witnesses);
        }
        return PhiCoherence.of(search.witnesses);
    }

    /** The statement with φ as the golden ratio, where {@code golden}, or where φ is its only symbol; else the same. */
    public static Statement withGoldenRatio(Statement statement, boolean golden) {
        Symbol phi = Symbol.of("phi");
        SortedSet<Symbol> symbols = Trees.symbols(statement);
        boolean alone = symbols.size() == 1 && symbols.first().equals(phi);
        if (!alone && !golden) {
            return statement;
        }
        return Trees.mapSides(statement, side -> Trees.replace(side, phi, Constant.GOLDEN));
    }

    private void look(Expr expr) {
        budget.spend(1);
        if (witnesses.size() >= MAX_WITNESSES) {
            return;
        }
        if (expr instanceof Expr.Num number) {
            DecimalWitness.score(number.value())
                    .ifPresent(
                            score -> witnesses.add(new Witness(number.value().toPlainString(), Kind.DECIMAL, score)));
        } else if (expr instanceof Expr.Quantity quantity) {
            look(quantity.number());
        } else if (isClosed(expr) && !hasDecimal(expr)) {
            closed(expr);
        } else {
            expr.children().forEach(this::look);
        }
    }

    private static boolean isClosed(Expr expr) {
        return switch (expr) {
            case Symbol _, Expr.Application _, Expr.Quantity _, Expr.Matrix _ -> false;
            case Constant constant -> constant != Constant.INFINITY;
            case Expr.Num _,
                    Expr.Sum _,
                    Expr.Product _,
                    Expr.Quotient _,
                    Expr.Power _,
                    Expr.Negation _,
                    Expr.PlusMinus _,
                    Expr.Call _,
                    Expr.Derivative _,
                    Expr.Integral _,
                    Expr.Series _,
                    Expr.Limit _,
                    Expr.Nabla _,
                    Expr.VectorProduct _,
                    Expr.Piecewise _ -> expr.children().stream().allMatch(GoldenRatio::isClosed);
        };
    }

    private static boolean hasDecimal(Expr expr) {
        return (expr instanceof Expr.Num number && !number.isInteger())
                || expr.children().stream().anyMatch(GoldenRatio::hasDecimal);
    }

    private void closed(Expr expr) {
        try {
            budget.spend(STEP_LIMIT / 20);
            Normalizer normalizer = new Normalizer(Domain.complex(), budget.part(STEP_LIMIT));
            Fraction value = normalizer.normalize(expr);
            Optional<Sqrt5> inField = normalizer.asSqrt5(value);
            if (inField.isEmpty()) {
                witnesses.add(new Witness(FormText.of(value), Kind.CLOSED_EXPRESSION, 0));
            } else if (!inField.get().isRational()) {
                witnesses.add(new Witness(inField.get().toString(), Kind.CLOSED_EXPRESSION, 1));
            }
        } catch (TooComplex e) {
            witnesses.add(new Witness("a number without normal form", Kind.CLOSED_EXPRESSION, 0));
        } catch (Budget.Spent e) {
            if (budget.isSpent()) {
                throw e;
            }
            witnesses.add(new Witness("a number without normal form", Kind.CLOSED_EXPRESSION, 0));
        }
    }

    private void roots(Statement.Relation relation, Budget whole) {
        List<Root> roots =
                PolynomialEquation.roots(relation.left(), relation.right(), LOWEST_DEGREE, HIGHEST_DEGREE, whole);
        for (Root root : roots) {
            boolean inField = root instanceof Root.Quadratic quadratic
                    && quadratic.asSqrt5().isPresent();
            witnesses.add(new Witness(root.text(), Kind.ROOT, inField ? 1 : 0));
        }
    }
}
