package phifleet.equations.enclosure;

import java.math.BigDecimal;

/** What an expression is evaluated in: numbers between bounds, Taylor series of them, or Laurent series. */
interface Field<T> {
    T constant(Bounds value);

    T plus(T a, T b);

    T times(T a, T b);

    T dividedBy(T a, T b);

    T negate(T a);

    T power(T base, int exponent);

    /** A real power of a positive base. */
    T power(T base, T exponent);

    T sqrt(T a);

    T exp(T a);

    T log(T a);

    T sin(T a);

    T cos(T a);

    T atan(T a);

    T asin(T a);

    T abs(T a);

    /** The value at the point of expansion, to see whether it is an integer. */
    Bounds value(T a);

    /** Whether it depends on the variable. */
    boolean isConstant(T a);

    static Bounds number(BigDecimal value) {
        double near = value.doubleValue();
        if (Double.isInfinite(near)) {
            throw new Unbounded("out of range");
        }
        int side = new BigDecimal(near).compareTo(value);
        return side == 0
                ? Bounds.point(near)
                : side > 0 ? Bounds.of(Math.nextDown(near), near) : Bounds.of(near, Math.nextUp(near));
    }
}
