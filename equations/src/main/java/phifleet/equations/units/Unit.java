package phifleet.equations.units;

/**
 * A unit of measurement.
 *
 * @param symbol as it was written
 * @param scale how many SI units of the same dimension it is; °C and °F are differences, so a factor says it all
 */
public record Unit(String symbol, Dimension dimension, Scale scale) {
    public static final Unit ONE = new Unit("1", Dimension.NONE, Scale.ONE);

    Unit times(Unit other) {
        return new Unit(symbol, dimension.times(other.dimension), scale.times(other.scale));
    }

    Unit over(Unit other) {
        return new Unit(symbol, dimension.over(other.dimension), scale.over(other.scale));
    }

    Unit named(String written) {
        return new Unit(written, dimension, scale);
    }
}
