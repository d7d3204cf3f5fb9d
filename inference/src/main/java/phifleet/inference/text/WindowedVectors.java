package phifleet.inference.text;

import java.util.ArrayList;
import java.util.List;
import phifleet.inference.lane.Outcome;
import phifleet.inference.model.Vector;

/** One vector a text of the vectors of its windows: their mean, each weighted by the tokens that its window answers for. */
final class WindowedVectors {
    private WindowedVectors() {}

    /**
     * The outcome of the texts, of that of their windows.
     *
     * @param windows of each sequence, which text it is of, and its tokens' places there
     * @param normalize whether windows' vectors are scaled to length one before, so that none counts for its length
     */
    static Outcome<Vector> together(Outcome<Vector> outcome, List<Share> windows, boolean normalize) {
        return outcome.with(vectors -> means(vectors, windows, normalize));
    }

    private static List<Vector> means(List<Vector> vectors, List<Share> windows, boolean normalize) {
        List<Vector> means = new ArrayList<>();
        for (int from = 0, to; from < vectors.size(); from = to) {
            to = from + 1;
            while (to < vectors.size()
                    && windows.get(to).input() == windows.get(from).input()) {
                to++;
            }
            means.add(
                    to == from + 1
                            ? vectors.get(from)
                            : mean(vectors.subList(from, to), windows.subList(from, to), normalize));
        }
        return means;
    }

    private static Vector mean(List<Vector> vectors, List<Share> windows, boolean normalize) {
        int dimension = vectors.getFirst().dimension();
        double[] sum = new double[dimension];
        double all = 0;
        for (int i = 0; i < vectors.size(); i++) {
            Vector vector = normalize ? Embeddings.finish(vectors.get(i), dimension, true) : vectors.get(i);
            int weight = windows.get(i).tokens();
            for (int j = 0; j < dimension; j++) {
                sum[j] += (double) weight * vector.get(j);
            }
            all += weight;
        }
        float[] mean = new float[dimension];
        for (int j = 0; j < dimension; j++) {
            mean[j] = (float) (sum[j] / all);
        }
        return new Vector(mean);
    }
}
