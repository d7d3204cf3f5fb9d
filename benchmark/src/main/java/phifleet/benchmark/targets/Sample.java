package phifleet.benchmark.targets;

/** A text and the vector that is known for it. Immutable: the vector is not handed out. */
public final class Sample {
    private final String text;
    private final float[] golden;

    public Sample(String text, float[] golden) {
        this.text = text;
        this.golden = golden.clone();
    }

    public String text() {
        return text;
    }

    int dimension() {
        return golden.length;
    }

    /** The cosine of a vector of the same dimension to the known one. */
    double cosine(float[] vector) {
        double product = 0;
        double left = 0;
        double right = 0;
        for (int i = 0; i < golden.length; i++) {
            product += (double) golden[i] * vector[i];
            left += (double) golden[i] * golden[i];
            right += (double) vector[i] * vector[i];
        }
        return product / Math.sqrt(left * right);
    }
}
