package phifleet.equations.dimension;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import phifleet.equations.units.Dimension;
import phifleet.equations.units.Exponent;

/**
 * The logarithm of a dimension as a linear form: a known dimension times unknown ones to rational powers. Immutable; the
 * unknowns are numbered by a {@link DimensionSystem} and stand in ascending order with coefficients that are not 0.
 */
final class Form {
    static final Form NONE = new Form(Dimension.NONE, new int[0], new Exponent[0]);

    private final Dimension known;
    private final int[] unknowns;
    private final Exponent[] coefficients;

    private Form(Dimension known, int[] unknowns, Exponent[] coefficients) {
        this.known = known;
        this.unknowns = unknowns;
        this.coefficients = coefficients;
    }

    static Form of(Dimension known) {
        return known.isNone() ? NONE : new Form(known, NONE.unknowns, NONE.coefficients);
    }

    static Form unknown(int id) {
        return new Form(Dimension.NONE, new int[] {id}, new Exponent[] {Exponent.ONE});
    }

    Dimension known() {
        return known;
    }

    int size() {
        return unknowns.length;
    }

    int unknownAt(int index) {
        return unknowns[index];
    }

    Exponent coefficient(int index) {
        return coefficients[index];
    }

    /** The coefficient of an unknown, 0 where it does not occur. */
    Exponent coefficientOf(int id) {
        int index = Arrays.binarySearch(unknowns, id);
        return index < 0 ? Exponent.ZERO : coefficients[index];
    }

    boolean isKnown() {
        return unknowns.length == 0;
    }

    boolean isNone() {
        return isKnown() && known.isNone();
    }

    Form times(Form other) {
        return plus(other, Exponent.ONE);
    }

    Form over(Form other) {
        return plus(other, Exponent.of(-1));
    }

    Form pow(Exponent exponent) {
        return NONE.plus(this, exponent);
    }

    /** This form plus {@code factor} times the other one. */
    Form plus(Form other, Exponent factor) {
        if (factor.isZero() || other.isNone()) {
            return this;
        }
        Dimension sum = known.times(other.known.pow(factor));
        if (other.unknowns.length == 0) {
            return new Form(sum, unknowns, coefficients);
        }
        int[] ids = new int[unknowns.length + other.unknowns.length];
        Exponent[] values = new Exponent[ids.length];
        int size = 0;
        int i = 0;
        int j = 0;
        while (i < unknowns.length || j < other.unknowns.length) {
            int left = i < unknowns.length ? unknowns[i] : Integer.MAX_VALUE;
            int right = j < other.unknowns.length ? other.unknowns[j] : Integer.MAX_VALUE;
            Exponent value;
            if (left < right) {
                value = coefficients[i++];
            } else if (right < left) {
                value = other.coefficients[j++].times(factor);
            } else {
                value = coefficients[i++].plus(other.coefficients[j++].times(factor));
            }
            if (!value.isZero()) {
                ids[size] = Math.min(left, right);
                values[size++] = value;
            }
        }
        return new Form(sum, Arrays.copyOf(ids, size), Arrays.copyOf(values, size));
    }

    /** The form without one of its unknowns. */
    Form without(int id) {
        return plus(unknown(id), coefficientOf(id).negated());
    }

    List<Integer> unknowns() {
        List<Integer> list = new ArrayList<>();
        for (int id : unknowns) {
            list.add(id);
        }
        return list;
    }
}
