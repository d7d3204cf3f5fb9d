package phifleet.equations.enclosure;

import java.util.Arrays;
import java.util.List;

/**
 * The Taylor coefficients of a function of one variable t, between bounds: the k-th is that of {@code t^k}. At a point they are those of the
 * series there; over an interval the last one bounds the remainder of the series around any point of the interval.
 *
 * <p>The rules are those of automatic differentiation, A. Griewank and A. Walther, Evaluating Derivatives, chapter 13. All jets that meet
 * have one length. Immutable.
 */
record Jet(List<Bounds> coefficients) {
    Jet {
        coefficients = List.copyOf(coefficients);
    }

    private static Jet of(Bounds[] coefficients) {
        return new Jet(Arrays.asList(coefficients));
    }

    static Jet constant(Bounds value, int order) {
        Bounds[] c = new Bounds[order + 1];
        Arrays.fill(c, Bounds.ZERO);
        c[0] = value;
        return of(c);
    }

    /** The variable itself, at a value. */
    static Jet variable(Bounds value, int order) {
        Bounds[] c = new Bounds[order + 1];
        Arrays.fill(c, Bounds.ZERO);
        c[0] = value;
        if (order > 0) {
            c[1] = Bounds.ONE;
        }
        return of(c);
    }

    int order() {
        return coefficients.size() - 1;
    }

    Bounds at(int k) {
        return coefficients.get(k);
    }

    Bounds value() {
        return coefficients.getFirst();
    }

    boolean isConstant() {
        return coefficients.stream().skip(1).allMatch(Bounds::isZero);
    }

    private interface Rule {
        Bounds at(int k, Bounds[] before);
    }

    /** Built from the lowest coefficient up. */
    private Jet built(Rule rule) {
        Bounds[] c = new Bounds[order() + 1];
        for (int k = 0; k <= order(); k++) {
            c[k] = rule.at(k, c);
        }
        return of(c);
    }

    Jet plus(Jet other) {
        return built((k, c) -> at(k).plus(other.at(k)));
    }

    Jet minus(Jet other) {
        return built((k, c) -> at(k).minus(other.at(k)));
    }

    Jet negate() {
        return built((k, c) -> at(k).negate());
    }

    Jet times(Jet other) {
        return built((k, c) -> {
            Bounds sum = Bounds.ZERO;
            for (int j = 0; j <= k; j++) {
                if (!at(j).isZero() && !other.at(k - j).isZero()) {
                    sum = sum.plus(at(j).times(other.at(k - j)));
                }
            }
            return sum;
        });
    }

    Jet scaled(double factor) {
        return built((k, c) -> at(k).times(Bounds.point(factor)));
    }

    Jet dividedBy(Jet other) {
        return built((k, c) -> {
            Bounds sum = at(k);
            for (int j = 1; j <= k; j++) {
                if (!other.at(j).isZero()) {
                    sum = sum.minus(other.at(j).times(c[k - j]));
                }
            }
            return sum.dividedBy(other.value());
        });
    }

    Jet exp() {
        return built((k, c) -> k == 0 ? value().exp() : weighted(k, c).dividedBy(Bounds.point(k)));
    }

    /** Σ j a_j c_{k−j}: k times the k-th coefficient of a function whose derivative is a' times c. */
    private Bounds weighted(int k, Bounds[] c) {
        Bounds sum = Bounds.ZERO;
        for (int j = 1; j <= k; j++) {
            if (!at(j).isZero()) {
                sum = sum.plus(at(j).times(Bounds.point(j)).times(c[k - j]));
            }
        }
        return sum;
    }

    Jet log() {
        return integrated(value().log(), this);
    }

    /** The jet with value {@code first} and derivative this' / {@code below}. */
    private Jet integrated(Bounds first, Jet below) {
        return built((k, c) -> {
            if (k == 0) {
                return first;
            }
            Bounds sum = at(k).times(Bounds.point(k));
            for (int j = 1; j < k; j++) {
                sum = sum.minus(c[j].times(Bounds.point(j)).times(below.at(k - j)));
            }
            return sum.dividedBy(below.value()).dividedBy(Bounds.point(k));
        });
    }

    Jet sin() {
        return wave(value().sin(), value().cos())[0];
    }

    Jet cos() {
        return wave(value().sin(), value().cos())[1];
    }

    private Jet[] wave(Bounds sine, Bounds cosine) {
        Bounds[] s = new Bounds[order() + 1];
        Bounds[] c = new Bounds[order() + 1];
        s[0] = sine;
        c[0] = cosine;
        for (int k = 1; k <= order(); k++) {
            s[k] = weighted(k, c).dividedBy(Bounds.point(k));
            c[k] = weighted(k, s).dividedBy(Bounds.point(k)).negate();
        }
        return new Jet[] {of(s), of(c)};
    }

    Jet atan() {
        return integrated(value().atan(), constant(Bounds.ONE, order()).plus(times(this)));
    }

    Jet asin() {
        Jet below = constant(Bounds.ONE, order()).minus(times(this));
        return isConstant() || order() == 0 ? constant(value().asin(), order()) : integrated(value().asin(), below.sqrt());
    }

    Jet sqrt() {
        if (order() == 0 || isConstant()) {
            return constant(value().sqrt(), order());
        }
        return power(Bounds.point(0.5), value().sqrt());
    }

    /** A real power of what is positive. */
    Jet power(Bounds exponent) {
        return order() == 0 || isConstant()
                ? constant(value().power(exponent), order())
                : power(exponent, value().power(exponent));
    }

    private Jet power(Bounds exponent, Bounds first) {
        return built((k, c) -> {
            if (k == 0) {
                return first;
            }
            Bounds sum = Bounds.ZERO;
            for (int j = 1; j <= k; j++) {
                if (!at(j).isZero()) {
                    Bounds weight = exponent.times(Bounds.point(j)).minus(Bounds.point((double) k - j));
                    sum = sum.plus(weight.times(at(j)).times(c[k - j]));
                }
            }
            return sum.dividedBy(value().times(Bounds.point(k)));
        });
    }

    Jet power(int exponent) {
        if (exponent < 0) {
            return constant(Bounds.ONE, order()).dividedBy(power(-exponent));
        }
        if (order() == 0 || isConstant()) {
            return constant(value().power(exponent), order());
        }
        Jet result = constant(Bounds.ONE, order());
        Jet square = this;
        for (int rest = exponent; rest > 0; rest >>= 1) {
            result = (rest & 1) == 1 ? result.times(square) : result;
            square = rest > 1 ? square.times(square) : square;
        }
        return result;
    }

    Jet abs() {
        if (value().low() >= 0) {
            return this;
        }
        if (value().high() <= 0) {
            return negate();
        }
        if (order() > 0 && !isConstant()) {
            throw new Unbounded("a corner");
        }
        return constant(value().abs(), order());
    }
}
