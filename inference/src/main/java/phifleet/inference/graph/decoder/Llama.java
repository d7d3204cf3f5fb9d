package phifleet.inference.graph.decoder;

import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.graph.part.Parts;
import phifleet.inference.graph.part.Rope;
import phifleet.inference.model.ModelException;

/** Llama (Touvron et al., 2023), and what was made of it with other masks. */
public enum Llama implements DecoderFamily {
    /** Tokens look back only. */
    LLAMA(1e-6, 2048),
    /** Mistral (Jiang et al., 2023): no biases, and maybe a window in each layer. */
    MISTRAL(1e-6, 131_072),
    /** Llama Nemotron's encoders (NVIDIA, 2025): Llama that looks both ways. */
    NEMOTRON(1e-6, 2048),
    /** EuroBERT (Boizard et al., 2025): looks both ways. */
    EUROBERT(1e-5, 8192);

    private static final String WINDOW = "sliding_window";

    private final double epsilon;
    private final int mostTokens;

    Llama(double epsilon, int mostTokens) {
        this.epsilon = epsilon;
        this.mostTokens = mostTokens;
    }

    @Override
    public Written write(Parts parts) throws ModelException {
        Config config = parts.config();
        config.mustBeAbsent("use_bidirectional_attention");
        config.mustBeAbsent("layer_types");
        DecoderLayer.Sizes sizes = DecoderLayer.Sizes.read(config, 0, epsilon, mostTokens);
        double base = this == EUROBERT ? 250_000 : 10_000;
        Rope rope = Rope.read(config, base);
        boolean bias = this != MISTRAL && config.flag("attention_bias", false);
        boolean innerBias = this != MISTRAL && config.flag("mlp_bias", false);
        Mask mask = mask(config);
        return new DecoderLayer(bias, bias, innerBias, false).write(parts, sizes, rope, layer -> mask);
    }

    private Mask mask(Config config) throws ModelException {
        return switch (this) {
            case LLAMA -> AttentionDirection.read(config).wide();
            case MISTRAL -> {
                AttentionDirection direction = AttentionDirection.read(config);
                // Its code has a window unless config.json says that there is none.
                yield config.isNull(WINDOW) ? direction.wide() : direction.near(config.size(WINDOW, 4096));
            }
            case NEMOTRON, EUROBERT -> {
                config.mustBe("is_causal", "false");
                yield Mask.everything();
            }
        };
    }
}
