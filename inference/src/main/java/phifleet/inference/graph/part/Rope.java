package phifleet.inference.graph.part;

import java.util.function.DoubleUnaryOperator;
import phifleet.inference.model.ModelException;

/**
 * Angles of rotary position embeddings: place p and pair i of a head of width d turn by p · base^(−2i/d), or by what a
 * {@link RopeScaling} makes of that.
 *
 * @param base called theta in config.json
 * @param share of a head's numbers that is turned, from the first on
 */
public record Rope(double base, RopeScaling scaling, double share) {
    Rope(double base, RopeScaling scaling) {
        this(base, scaling, 1);
    }

    /** @param factor by which places are squeezed together; 1 where they are not */
    public Rope(double base, double factor) {
        this(base, new RopeScaling.Linear(factor));
    }

    /**
     * Reads what config.json says, in the form up to transformers 4 ({@code rope_theta}, {@code rope_scaling}) and that since 5
     * ({@code rope_parameters}).
     *
     * @param otherwise the base where neither says
     */
    public static Rope read(Config config, double otherwise) throws ModelException {
        RopeForm form = RopeForm.of(config);
        form.mustTurnWhole();
        return new Rope(form.base("rope_theta", otherwise), form.scaling());
    }

    /**
     * The same of a kind of layers that has angles of its own.
     *
     * @param kind such as {@code full_attention}
     * @param theta the key of its base in the older form
     * @param otherwise the base where neither says
     * @param scaled whether the older form's scaling is for these layers too
     */
    public static Rope ofKind(Config config, String kind, String theta, double otherwise, boolean scaled)
            throws ModelException {
        RopeForm form = RopeForm.of(config).of(kind);
        form.mustTurnWhole();
        RopeScaling scaling = form.isLater() || scaled ? form.scaling() : new RopeScaling.Linear(1);
        return new Rope(form.base(theta, otherwise), scaling);
    }

    /**
     * The same of a family that turns a share of each head.
     *
     * @param head numbers a head
     * @param theta the key of the base in the older form
     * @param part the key of the share in the older form
     * @param usual the share where neither says
     */
    public static Rope readPart(Config config, int head, String theta, double otherwise, String part, double usual)
            throws ModelException {
        RopeForm form = RopeForm.of(config);
        double share = form.share(part, usual);
        turned(config, head, part, share);
        RopeScaling scaling = form.scaling();
        if (share != 1 && scaling instanceof RopeScaling.LongRope) {
            throw config.refused("rope_type longrope is not supported where a share of each head is turned");
        }
        return new Rope(form.base(theta, otherwise), scaling, share);
    }

    /**
     * Tokens of a text for a network that knows places by angles alone, which go on behind {@code max_position_embeddings}: whoever asks for
     * more than those was told to.
     *
     * @param otherwise where config.json does not name them, so that its class's own number counts
     */
    public static int room(Config config, int otherwise) throws ModelException {
        return config.has(RopeScaling.POSITIONS) ? Integer.MAX_VALUE : otherwise;
    }

    /** How many numbers of a head a share of it is. */
    public static int turned(Config config, int head, String part, double share) throws ModelException {
        int turned = (int) (head * share);
        if (turned < 2 || turned > head || turned % 2 != 0) {
            throw config.refused(part + " is " + share + ", by which " + turned + " numbers of " + head
                    + " would be turned; it must be an even number of them");
        }
        return turned;
    }

    /** How many of a head's numbers are turned. */
    int turned(int width) {
        return (int) (width * share);
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
