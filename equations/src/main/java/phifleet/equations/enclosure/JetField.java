package phifleet.equations.enclosure;

/** Taylor series of one length. */
record JetField(int order) implements Field<Jet> {
    @Override
    public Jet constant(Bounds value) {
        return Jet.constant(value, order);
    }

    @Override
    public Jet plus(Jet a, Jet b) {
        return a.plus(b);
    }

    @Override
    public Jet times(Jet a, Jet b) {
        return a.times(b);
    }

    @Override
    public Jet dividedBy(Jet a, Jet b) {
        return a.dividedBy(b);
    }

    @Override
    public Jet negate(Jet a) {
        return a.negate();
    }

    @Override
    public Jet power(Jet base, int exponent) {
        return base.power(exponent);
    }

    @Override
    public Jet power(Jet base, Jet exponent) {
        return exponent.isConstant() ? base.power(exponent.value()) : base.log().times(exponent).exp();
    }

    @Override
    public Jet sqrt(Jet a) {
        return a.sqrt();
    }

    @Override
    public Jet exp(Jet a) {
        return a.exp();
    }

    @Override
    public Jet log(Jet a) {
        return a.log();
    }

    @Override
    public Jet sin(Jet a) {
        return a.sin();
    }

    @Override
    public Jet cos(Jet a) {
        return a.cos();
    }

    @Override
    public Jet atan(Jet a) {
        return a.atan();
    }

    @Override
    public Jet asin(Jet a) {
        return a.asin();
    }

    @Override
    public Jet abs(Jet a) {
        return a.abs();
    }

    @Override
    public Bounds value(Jet a) {
        return a.value();
    }

    @Override
    public boolean isConstant(Jet a) {
        return a.isConstant();
    }
}
