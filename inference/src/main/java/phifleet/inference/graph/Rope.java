package phifleet.inference.graph;

import java.util.function.DoubleUnaryOperator;
import phifleet.inference.model.ModelException;

/**
 * Angles of rotary position embeddings: place p and pair i of a head of width d turn by p / factor · base^(−2i/d).
 *
 * @param base called theta in config.json
 * @param factor by which places are squeezed together; 1 where they are not
 */
record Rope(double base, double factor) {

    /**
     * Reads what config.json says, in the form up to transformers 4 ({@code rope_theta}, {@code rope_scaling}) and that since 5
     * ({@code rope_parameters}).
     *
     * @param kind a kind of layer that may have angles of its own, such as {@code full_attention}
     * @param theta the key of its base in the older form
     * @param otherwise the base where neither says
     */
    static Rope read(Config config, String kind, String theta, double otherwise) throws ModelException {
        if (config.has("rope_parameters")) {
            Config parameters = config.section("rope_parameters");
            Config own = parameters.has(kind) ? parameters.section(kind) : parameters;
            return scaled(own, own.number("rope_theta", otherwise));
        }
        double base = config.number(theta, otherwise);
        // Local layers keep their places where only the others' are squeezed.
        return config.has("rope_scaling") && !kind.equals("sliding_attention")
                ? scaled(config.section("rope_scaling"), base)
                : new Rope(base, 1);
    }

    private static Rope scaled(Config scaling, double base) throws ModelException {
        String type = scaling.text("rope_type", scaling.text("type", "default"));
        return switch (type) {
            case "default" -> new Rope(base, 1);
            case "linear" -> new Rope(base, scaling.number("factor"));
            default -> throw scaling.refused("rope_type " + type + " is not supported; default and linear are");
        };
    }

    /** One row a place, one number a pair. In 32-bit floats throughout, as the models were trained. */
    float[] table(int length, int width, DoubleUnaryOperator function) {
        int pairs = width / 2;
        float[] table = new float[Math.multiplyExact(length, pairs)];
        for (int pair = 0; pair < pairs; pair++) {
            float frequency = (float) (1 / Math.pow(base, 2.0 * pair / width) / factor);
            for (int place = 0; place < length; place++) {
                table[place * pairs + pair] = (float) function.applyAsDouble(place * frequency);
            }
        }
        return table;
    }
}
