package phifleet.equations.enclosure;

import java.util.HashMap;
import java.util.Map;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Series;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.budget.Budget;

/**
 * Sums and products over an index. Finite ones term by term, between rigorous bounds. Infinite ones converge here where the terms fall at
 * least geometrically, or as a power of the index below −1, or alternate and fall; what is left out is then estimated: by the geometric
 * series, by Levin's u transform (D. Levin, 1973) else.
 */
final class Sums {
    private static final int MAX_TERMS = 4_000;
    /** Terms looked at of an infinite sum before it is told how they fall. */
    private static final int LOOK = 60;
    /** The power of the index by which terms must fall at least. */
    private static final double POWER = 1.05;

    private final Analysis analysis;
    private final Map<String, Bounds> constants;
    private final Budget budget;

    Sums(Analysis analysis, Map<String, Bounds> constants, Budget budget) {
        this.analysis = analysis;
        this.constants = constants;
        this.budget = budget;
    }

    Bounds value(Series series) {
        Expr lower = series.index().lower();
        Expr upper = series.index().upper();
        if (lower == null || upper == null || !(series.index().variable() instanceof Symbol index)) {
            throw new Unbounded("a sum without bounds");
        }
        String name = index.plain().name();
        int first = integer(lower);
        boolean adds = series.kind() == Series.Kind.SUM;
        if (Analysis.infinite(upper) > 0) {
            return infinite(series.body(), name, first, adds);
        }
        int last = integer(upper);
        if ((long) last - first > MAX_TERMS || last < first - 1) {
            throw new Unbounded("too many terms");
        }
        Bounds total = adds ? Bounds.ZERO : Bounds.ONE;
        for (int k = first; k <= last; k++) {
            Bounds term = term(series.body(), name, k);
            total = adds ? total.plus(term) : total.times(term);
        }
        return total;
    }

    private int integer(Expr bound) {
        Bounds value = analysis.at(bound, constants, budget);
        if (!value.isPoint() || value.low() != Math.rint(value.low()) || Math.abs(value.low()) > 1e9) {
            throw new Unbounded("no integer");
        }
        return (int) value.low();
    }

    private Bounds term(Expr body, String index, int k) {
        Map<String, Bounds> values = new HashMap<>(constants);
        values.put(index, Bounds.point(k));
        return analysis.at(body, values, budget);
    }

    /** The logarithms of the factors of a product are the terms of a sum; from the first that is positive for good. */
    private Bounds infinite(Expr body, String index, int first, boolean adds) {
        Bounds product = Bounds.ONE;
        int start = first;
        for (; !adds && start < first + LOOK; start++) {
            Bounds factor = term(body, index, start);
            if (factor.isZero()) {
                return Bounds.ZERO;
            }
            if (factor.low() > 0.5) {
                break;
            }
            product = product.times(factor);
        }
        Bounds[] terms = new Bounds[MAX_TERMS];
        int known = 0;
        double largestRatio = 0;
        Bounds sum = Bounds.ZERO;
        int small = 0;
        for (int k = 0; k < MAX_TERMS; k++) {
            Bounds term;
            try {
                term = term(body, index, start + k);
                term = adds ? term : term.log();
            } catch (Unbounded e) {
                if (k == 0) {
                    throw e;
                }
                break;
            }
            terms[known++] = term;
            sum = sum.plus(term);
            double size = Math.max(term.size(), Double.MIN_NORMAL);
            double before = k == 0 ? Double.POSITIVE_INFINITY : Math.max(terms[k - 1].size(), Double.MIN_NORMAL);
            largestRatio = k % 16 == 0 ? 0 : Math.max(largestRatio, size / before);
            small = size <= 1e-18 * Math.max(sum.size(), 1e-3) ? small + 1 : 0;
            if (small >= 8 && k >= 12) {
                analysis.estimate();
                return ended(product, sum.widened(8 * size + 1e-17 * sum.size()), adds);
            }
            if (k == LOOK && !fallsGeometrically(terms)) {
                return ended(product, slow(terms, known, body, index, start, adds), adds);
            }
        }
        throw new Unbounded("a series that does not end");
    }

    private static Bounds ended(Bounds product, Bounds sum, boolean adds) {
        return adds ? sum : product.times(sum.exp());
    }

    private static boolean fallsGeometrically(Bounds[] terms) {
        double late = terms[LOOK].size() / Math.max(terms[LOOK / 2].size(), Double.MIN_NORMAL);
        return late < Math.pow(0.97, LOOK / 2.0);
    }

    private Bounds slow(Bounds[] terms, int known, Expr body, String index, int start, boolean adds) {
        boolean alternates = true;
        boolean oneSign = true;
        boolean falls = true;
        for (int k = known / 4; k + 1 < known; k++) {
            alternates &= terms[k].middle() * terms[k + 1].middle() < 0;
            oneSign &= terms[k].middle() * terms[k + 1].middle() > 0;
            falls &= terms[k + 1].size() < terms[k].size();
        }
        if (!falls || !(alternates || oneSign)) {
            throw new Unbounded("a series that does not visibly converge");
        }
        Bounds early = logarithmed(term(body, index, start + (1 << 14)), adds);
        Bounds late = logarithmed(term(body, index, start + (1 << 18)), adds);
        double power = Math.log(early.size() / late.size()) / Math.log(16);
        if (oneSign ? !(power > POWER) : !(power > 0.1)) {
            throw new Unbounded("a series that does not visibly converge");
        }
        analysis.estimate();
        return Levin.sum(terms, known);
    }

    private static Bounds logarithmed(Bounds term, boolean adds) {
        return adds ? term : term.log();
    }
}
