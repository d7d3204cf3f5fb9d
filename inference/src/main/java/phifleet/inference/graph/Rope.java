package phifleet.inference.graph;

import java.util.function.DoubleUnaryOperator;
import phifleet.inference.model.ModelException;

/**
 * Angles of rotary position embeddings: place p and pair i of a head of width d turn by p · base^(−2i/d), or by what a
 * {@link RopeScaling} makes of that.
 *
 * @param base called theta in config.json
 * @param share of a head's numbers that is turned, from the first on
 */
record Rope(double base, RopeScaling scaling, double share) {
    private static final String SHARE = "partial_rotary_factor";

    Rope(double base, RopeScaling scaling) {
        this(base, scaling, 1);
    }

    /** @param factor by which places are squeezed together; 1 where they are not */
    Rope(double base, double factor) {
        this(base, new RopeScaling.Linear(factor));
    }

    /**
     * Reads what config.json says, in the form up to transformers 4 ({@code rope_theta}, {@code rope_scaling}) and that since 5
     * ({@code rope_parameters}).
     *
     * @param kind a kind of layer that may have angles of its own, such as {@code full_attention}
     * @param theta the key of its base in the older form
     * @param otherwise the base where neither says
     */
    static Rope read(Config config, String kind, String theta, double otherwise) throws ModelException {
        mustTurnWhole(config);
        if (config.has("rope_parameters")) {
            Config parameters = config.section("rope_parameters");
            Config own = parameters.has(kind) ? parameters.section(kind) : parameters;
            mustTurnWhole(own);
            return new Rope(own.number("rope_theta", otherwise), RopeScaling.read(own, config));
        }
        double base = config.number(theta, otherwise);
        // Local layers keep their places where only the others' are squeezed.
        return config.has("rope_scaling") && !kind.equals("sliding_attention")
                ? new Rope(base, RopeScaling.read(config.section("rope_scaling"), config))
                : new Rope(base, 1);
    }

    /**
     * The same of a family that turns a share of each head.
     *
     * @param head numbers a head
     * @param theta the key of the base in the older form
     * @param part the key of the share in the older form
     * @param usual the share where neither says
     */
    static Rope readPart(Config config, int head, String theta, double otherwise, String part, double usual)
            throws ModelException {
        boolean later = config.has("rope_parameters");
        Config parameters = config.section(later ? "rope_parameters" : "rope_scaling");
        double base = later && parameters.has("rope_theta")
                ? parameters.number("rope_theta")
                : config.number(theta, otherwise);
        double share = later && parameters.has(SHARE) ? parameters.number(SHARE) : config.number(part, usual);
        int turned = (int) (head * share);
        if (turned < 2 || turned > head || turned % 2 != 0) {
            throw config.refused(part + " is " + share + ", by which " + turned + " numbers of " + head
                    + " would be turned; it must be an even number of them");
        }
        RopeScaling scaling = RopeScaling.read(parameters, config);
        if (share != 1 && scaling instanceof RopeScaling.LongRope) {
            throw parameters.refused("rope_type longrope is not supported where a share of each head is turned");
        }
        return new Rope(base, scaling, share);
    }

    /** How many of a head's numbers are turned. */
    int turned(int width) {
        return (int) (width * share);
    }

    private static void mustTurnWhole(Config config) throws ModelException {
        double turned = config.number(SHARE, 1);
        if (turned != 1) {
            throw config.refused(SHARE + " is " + turned + "; only 1 is supported");
        }
    }

    /** One row a place, one number a pair. In 32-bit floats throughout, as the models were trained. */
    float[] table(int length, int width, DoubleUnaryOperator function) {
        int pairs = width / 2;
        double[] plain = new double[pairs];
        for (int pair = 0; pair < pairs; pair++) {
            plain[pair] = 1 / Math.pow(base, 2.0 * pair / width);
        }
        double[] frequencies = scaling.scaled(plain, base);
        float[] table = new float[Math.multiplyExact(length, pairs)];
        for (int pair = 0; pair < pairs; pair++) {
            float frequency = (float) frequencies[pair];
            for (int place = 0; place < length; place++) {
                table[place * pairs + pair] = (float) (function.applyAsDouble(place * frequency) * scaling.attention());
            }
        }
        return table;
    }
}
