package phifleet.inference.model;

/** A weight for each token of a vocabulary. The array is not copied: its maker hands it over. */
public final class TokenWeights {
    private final float[] weights;

    public TokenWeights(float[] weights) {
        this.weights = weights;
    }

    /** Of a token id; 0 for one outside of the vocabulary. */
    public float of(int id) {
        return id >= 0 && id < weights.length ? weights[id] : 0;
    }

    public int size() {
        return weights.length;
    }
}
