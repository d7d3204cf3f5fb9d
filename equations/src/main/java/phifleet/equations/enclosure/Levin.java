package phifleet.equations.enclosure;

/** Levin's u transform of the first terms of a series; the error is estimated by how the results of several lengths scatter. */
final class Levin {
    private static final int LEAST = 8;
    private static final int MOST = 18;
    private static final double FAIR = 1e-6;

    private Levin() {}

    static Bounds sum(Bounds[] terms, int known) {
        double best = Double.NaN;
        double error = Double.POSITIVE_INFINITY;
        double before = Double.NaN;
        double two = Double.NaN;
        for (int length = LEAST; length <= Math.min(MOST, known - 1); length++) {
            double value = transformed(terms, length);
            double scatter = Math.max(Math.abs(value - before), Math.abs(value - two));
            if (scatter < error) {
                error = scatter;
                best = value;
            }
            two = before;
            before = value;
        }
        if (!(error <= FAIR * Math.max(1, Math.abs(best)))) {
            throw new Unbounded("a series that does not settle");
        }
        return Bounds.point(best).widened(20 * error + 1e-13 * Math.abs(best));
    }

    private static double transformed(Bounds[] terms, int length) {
        double above = 0;
        double below = 0;
        double partial = 0;
        double binomial = 1;
        for (int j = 0; j <= length; j++) {
            double term = terms[j].middle();
            partial += term;
            double weight = binomial * Math.pow((j + 1.0) / (length + 1.0), length - 1.0) / ((j + 1) * term);
            weight = j % 2 == 0 ? weight : -weight;
            above += weight * partial;
            below += weight;
            binomial = binomial * (length - j) / (j + 1);
        }
        return above / below;
    }
}
