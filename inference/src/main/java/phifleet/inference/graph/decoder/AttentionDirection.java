package phifleet.inference.graph.decoder;

import phifleet.inference.graph.part.Config;
import phifleet.inference.graph.part.Mask;
import phifleet.inference.model.ModelException;

/**
 * Where the tokens of a decoder look: at themselves and what stands before them, or both ways, as config.json can ask of a decoder that was
 * made an encoder.
 *
 * <p>Source: {@code masking_utils.py} of transformers 5.24.
 */
record AttentionDirection(boolean bothWays) {
    private static final String CAUSAL = "is_causal";

    /** The release of transformers whose decoders heed it; those before look back, whatever it is. */
    private static final int MAJOR = 5;

    private static final int MINOR = 2;

    /** As transformers' own code has it. */
    static AttentionDirection read(Config config) throws ModelException {
        boolean asked = !config.flag(CAUSAL, true);
        if (asked && !config.isSince(MAJOR, MINOR)) {
            throw config.refused(CAUSAL + " is "
                    + (config.isNull(CAUSAL) ? "null" : "false") + ", which transformers heeds since release " + MAJOR
                    + "."
                    + MINOR + ", and transformers_version does not name one of these; only true is supported before");
        }
        return new AttentionDirection(asked);
    }

    /** As code of a folder's own has it that can look either way. */
    static AttentionDirection ofOwnCode(Config config) throws ModelException {
        config.mustBe(CAUSAL, "false");
        if (!config.has(CAUSAL)) {
            throw config.refused(CAUSAL + " is not there, and the code that auto_map names can look back only or both"
                    + " ways; it must be false where the model was trained to look both ways");
        }
        return new AttentionDirection(true);
    }

    /** Of a layer that looks at the whole text. */
    Mask wide() {
        return bothWays ? Mask.everything() : Mask.causal();
    }

    /** Of a layer that looks no further than a window: itself and those before it, so many in all; both ways that distance counts. */
    Mask near(int window) {
        return bothWays ? Mask.within(window) : Mask.back(window);
    }
}
