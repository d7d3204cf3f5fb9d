package phifleet.inference.graph.part;

import java.util.List;
import phifleet.inference.model.ModelException;

/**
 * How rotary frequencies are changed, so that a model trained on short texts takes longer ones: as transformers'
 * {@code modeling_rope_utils} defines each {@code rope_type}.
 */
public sealed interface RopeScaling {
    String POSITIONS = "max_position_embeddings";

    /** Tokens of a text of training. */
    String TRAINED = "original_max_position_embeddings";

    /**
     * The frequency of each pair of a head.
     *
     * @param plain as trained: base^(−2i/width)
     */
    double[] scaled(double[] plain, double base);

    /** By what cosines and sines are multiplied. */
    default double attention() {
        return 1;
    }

    /** Tokens of a text up to which this holds. */
    default int mostTokens() {
        return Integer.MAX_VALUE;
    }

    /** All places squeezed together (Chen et al., 2023). */
    record Linear(double factor) implements RopeScaling {
        @Override
        public double[] scaled(double[] plain, double base) {
            double[] frequencies = new double[plain.length];
            for (int i = 0; i < plain.length; i++) {
                frequencies[i] = plain[i] / factor;
            }
            return frequencies;
        }
    }

    /**
     * Llama 3.1's: waves that are long against the texts of training are squeezed, short ones are not, those between in part.
     *
     * @param low a wave that fits less often into a text of training is squeezed
     * @param high one that fits more often is left as it is
     * @param trained tokens of a text of training
     */
    record Llama3(double factor, double low, double high, int trained) implements RopeScaling {
        @Override
        public double[] scaled(double[] plain, double base) {
            double[] frequencies = new double[plain.length];
            for (int i = 0; i < plain.length; i++) {
                double waves = trained * plain[i] / (2 * Math.PI);
                double kept = Math.clamp((waves - low) / (high - low), 0, 1);
                frequencies[i] = (1 - kept) * plain[i] / factor + kept * plain[i];
            }
            return frequencies;
        }
    }

    /**
     * YaRN (Peng et al., 2023): the same by parts along the pairs, with sharper scores.
     *
     * @param fast turns in a text of training from which on a pair is left as it is
     * @param slow turns up to which it is squeezed
     * @param trained tokens of a text of training
     * @param truncate whether the bounds between are whole pairs
     */
    record Yarn(double factor, double attention, double fast, double slow, int trained, boolean truncate)
            implements RopeScaling {
        @Override
        public double[] scaled(double[] plain, double base) {
            int pairs = plain.length;
            double low = pairOf(fast, pairs, base);
            double high = pairOf(slow, pairs, base);
            if (truncate) {
                low = Math.floor(low);
                high = Math.ceil(high);
            }
            // The bound that transformers has, though there are half as many pairs.
            low = Math.max(low, 0);
            high = Math.min(high, 2 * pairs - 1.0);
            double span = high == low ? 0.001 : high - low;
            double[] frequencies = new double[pairs];
            for (int i = 0; i < pairs; i++) {
                double squeezed = Math.clamp((i - low) / span, 0, 1);
                frequencies[i] = plain[i] / factor * squeezed + plain[i] * (1 - squeezed);
            }
            return frequencies;
        }

        /** The pair that turns so often in a text of training; between pairs, too. */
        private double pairOf(double turns, int pairs, double base) {
            return pairs * Math.log(trained / (turns * 2 * Math.PI)) / Math.log(base);
        }
    }

    /**
     * Frequencies that change with a text's length behind that of training, and not before.
     *
     * @param trained tokens of a text of training
     */
    record Dynamic(int trained) implements RopeScaling {
        @Override
        public double[] scaled(double[] plain, double base) {
            return plain.clone();
        }

        @Override
        public int mostTokens() {
            return trained;
        }
    }

    /**
     * LongRoPE (Ding et al., 2024) for texts no longer than those of training: each pair has a factor of its own. Longer texts have other
     * factors, for all of their tokens.
     *
     * @param trained tokens of a text of training
     */
    record LongRope(List<Double> factors, double attention, int trained) implements RopeScaling {
        public LongRope {
            factors = List.copyOf(factors);
        }

        @Override
        public double[] scaled(double[] plain, double base) {
            double[] frequencies = new double[plain.length];
            for (int i = 0; i < plain.length; i++) {
                frequencies[i] = plain[i] / factors.get(i);
            }
            return frequencies;
        }

        @Override
        public int mostTokens() {
            return trained;
        }
    }

    /**
     * Reads a {@code rope_scaling}, or what it is called since transformers 5.
     *
     * @param config the whole of config.json
     */
    static RopeScaling read(Config scaling, Config config) throws ModelException {
        String type = RopeForm.type(scaling);
        return switch (type) {
            case "default" -> new Linear(1);
            case "dynamic" -> new Dynamic(config.size(POSITIONS, Integer.MAX_VALUE));
            case "linear" -> new Linear(factor(scaling));
            case "llama3" -> llama3(scaling, config);
            case "yarn" -> yarn(scaling, config);
            case "longrope" -> {
                int heads = config.size("num_attention_heads");
                yield longRope(scaling, config, config.size("head_dim", config.size("hidden_size") / heads));
            }
            default ->
                throw scaling.refused("rope_type " + type
                        + " is not supported; default, linear, dynamic, yarn, longrope and llama3 are");
        };
    }

    private static Llama3 llama3(Config scaling, Config config) throws ModelException {
        double low = scaling.number("low_freq_factor");
        double high = scaling.number("high_freq_factor");
        if (!(low > 0 && high > low)) {
            throw scaling.refused("low_freq_factor is " + low + " and high_freq_factor " + high
                    + "; the first must be over 0, the second larger");
        }
        return new Llama3(factor(scaling), low, high, trained(scaling, config));
    }

    private static Yarn yarn(Config scaling, Config config) throws ModelException {
        double fast = scaling.number("beta_fast", 32);
        double slow = scaling.number("beta_slow", 1);
        if (!(slow > 0 && fast >= slow)) {
            throw scaling.refused("beta_slow is " + slow + " and beta_fast " + fast
                    + "; the first must be over 0, the second no smaller");
        }
        int trained = trained(scaling, config);
        // Releases 4.48 to 4.56 of transformers took this quotient even where a factor is given.
        double factor = scaling.has("factor") ? factor(scaling) : (double) config.size(POSITIONS) / trained;
        return new Yarn(factor, attention(scaling, factor), fast, slow, trained, scaling.flag("truncate", true));
    }

    /**
     * Reads what holds for texts of training.
     *
     * @param turned numbers of a head that are turned
     */
    static LongRope longRope(Config scaling, Config config, int turned) throws ModelException {
        List<Double> factors = scaling.numbers("short_factor");
        if (factors.size() != turned / 2 || factors.stream().anyMatch(factor -> !(factor > 0))) {
            throw scaling.refused("short_factor has " + factors.size() + " numbers; it must have " + turned / 2
                    + " over 0, one a pair of a head");
        }
        int trained = trained(scaling, config);
        double factor = scaling.has("factor") ? factor(scaling) : (double) config.size(POSITIONS) / trained;
        double attention = factor <= 1 ? 1 : Math.sqrt(1 + Math.log(factor) / Math.log(trained));
        return new LongRope(factors, scaling.number("attention_factor", attention), trained);
    }

    /** The whole model's word goes first, as it does there. */
    private static int trained(Config scaling, Config config) throws ModelException {
        return config.has(TRAINED)
                ? config.size(TRAINED)
                : scaling.has(TRAINED) ? scaling.size(TRAINED) : config.size(POSITIONS);
    }

    private static double attention(Config scaling, double factor) throws ModelException {
        if (scaling.has("attention_factor")) {
            return scaling.number("attention_factor");
        }
        double one = scaling.number("mscale", 0);
        double all = scaling.number("mscale_all_dim", 0);
        return one != 0 && all != 0 ? sharper(factor, one) / sharper(factor, all) : sharper(factor, 1);
    }

    /** YaRN's own fit of how much sharper scores must be. */
    private static double sharper(double factor, double weight) {
        return factor <= 1 ? 1 : 0.1 * weight * Math.log(factor) + 1;
    }

    private static double factor(Config scaling) throws ModelException {
        double factor = scaling.number("factor");
        if (!(factor >= 1 && Double.isFinite(factor))) {
            throw scaling.refused("factor is " + factor + " and must be a number from 1 on");
        }
        return factor;
    }
}
