package phifleet.equations.enclosure;

import java.util.function.UnaryOperator;

/** Laurent series in t &gt; 0. */
record LaurentField() implements Field<Laurent> {
    private static Laurent analytic(Laurent a, UnaryOperator<Jet> function) {
        return new Laurent(0, function.apply(a.analytic()));
    }

    @Override
    public Laurent constant(Bounds value) {
        return Laurent.constant(value);
    }

    @Override
    public Laurent plus(Laurent a, Laurent b) {
        return a.plus(b);
    }

    @Override
    public Laurent times(Laurent a, Laurent b) {
        return a.times(b);
    }

    @Override
    public Laurent dividedBy(Laurent a, Laurent b) {
        return a.dividedBy(b);
    }

    @Override
    public Laurent negate(Laurent a) {
        return a.negate();
    }

    @Override
    public Laurent power(Laurent base, int exponent) {
        return base.power(exponent);
    }

    @Override
    public Laurent power(Laurent base, Laurent exponent) {
        return exp(times(exponent, log(base)));
    }

    @Override
    public Laurent sqrt(Laurent a) {
        return a.sqrt();
    }

    @Override
    public Laurent exp(Laurent a) {
        return analytic(a, Jet::exp);
    }

    @Override
    public Laurent log(Laurent a) {
        return analytic(a, Jet::log);
    }

    @Override
    public Laurent sin(Laurent a) {
        return analytic(a, Jet::sin);
    }

    @Override
    public Laurent cos(Laurent a) {
        return analytic(a, Jet::cos);
    }

    @Override
    public Laurent atan(Laurent a) {
        return analytic(a, Jet::atan);
    }

    @Override
    public Laurent asin(Laurent a) {
        return analytic(a, Jet::asin);
    }

    @Override
    public Laurent abs(Laurent a) {
        return a.abs();
    }

    @Override
    public Bounds value(Laurent a) {
        double[] limit = a.limit();
        return Bounds.of(limit[0], limit[1]);
    }

    @Override
    public boolean isConstant(Laurent a) {
        return a.valuation() == 0 && a.jet().isConstant();
    }
}
