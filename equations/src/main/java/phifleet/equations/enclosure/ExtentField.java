package phifleet.equations.enclosure;

/** All values on an interval. */
record ExtentField() implements Field<Extent> {
    /** What is narrower, relatively, is a constant, not a function on an interval. */
    private static final double NARROW = 1e-15;

    @Override
    public Extent constant(Bounds value) {
        return Extent.of(value);
    }

    @Override
    public Extent plus(Extent a, Extent b) {
        return a.plus(b);
    }

    @Override
    public Extent times(Extent a, Extent b) {
        return a.times(b);
    }

    @Override
    public Extent dividedBy(Extent a, Extent b) {
        return a.dividedBy(b);
    }

    @Override
    public Extent negate(Extent a) {
        return a.negate();
    }

    @Override
    public Extent power(Extent base, int exponent) {
        return base.power(exponent);
    }

    @Override
    public Extent power(Extent base, Extent exponent) {
        return base.power(exponent);
    }

    @Override
    public Extent sqrt(Extent a) {
        return a.sqrt();
    }

    @Override
    public Extent exp(Extent a) {
        return a.exp();
    }

    @Override
    public Extent log(Extent a) {
        return a.log();
    }

    @Override
    public Extent sin(Extent a) {
        return a.sin();
    }

    @Override
    public Extent cos(Extent a) {
        return a.cos();
    }

    @Override
    public Extent atan(Extent a) {
        return a.atan();
    }

    @Override
    public Extent asin(Extent a) {
        return a.asin();
    }

    @Override
    public Extent abs(Extent a) {
        return a.abs();
    }

    @Override
    public Bounds value(Extent a) {
        return a.bounds();
    }

    @Override
    public boolean isConstant(Extent a) {
        return Double.isFinite(a.low()) && a.high() - a.low() <= NARROW * Math.abs(a.low());
    }
}
