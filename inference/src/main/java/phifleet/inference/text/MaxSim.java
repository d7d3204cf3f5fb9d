package phifleet.inference.text;

import phifleet.inference.model.Vector;

/** How well a text's vectors answer a query's: for each of the query's the best dot product, summed. */
final class MaxSim {
    private MaxSim() {}

    /**
     * @param query vectors one behind the other
     * @param text the same; at least one
     * @param width numbers a vector
     */
    static float of(Vector query, Vector text, int width) {
        float[] asked = query.values();
        float[] given = text.values();
        double sum = 0;
        for (int from = 0; from < asked.length; from += width) {
            float best = Float.NEGATIVE_INFINITY;
            for (int at = 0; at < given.length; at += width) {
                float dot = 0;
                for (int i = 0; i < width; i++) {
                    dot += asked[from + i] * given[at + i];
                }
                best = Math.max(best, dot);
            }
            sum += best;
        }
        return (float) sum;
    }
}
