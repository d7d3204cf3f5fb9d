package phifleet.inference.model;

/**
 * How a model that has texts and images in one space says how well they match.
 *
 * @param scale by which cosines are multiplied, as it was learnt
 * @param bias that is added then
 * @param activation what makes scores of these numbers: of all texts together, or of each by itself
 */
public record MatchScores(double scale, double bias, Activation activation) {

    /**
     * Of one image.
     *
     * @param cosines with each of the texts
     */
    public float[] of(double[] cosines) {
        float[] logits = new float[cosines.length];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = (float) (scale * cosines[i] + bias);
        }
        return activation.apply(logits);
    }
}
