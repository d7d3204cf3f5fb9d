package phifleet.inference.lane;

import java.util.function.IntFunction;

/**
 * Inputs of a model's kind to measure it with.
 *
 * @param usual one of a usual size
 * @param usualUnits its work
 * @param large one that is several times as large, so that what grows faster than the size shows; the usual one for models whose
 *     inputs have one size
 * @param largeUnits its work
 */
public record Examples<I>(I usual, int usualUnits, I large, int largeUnits) {
    /** Tokens of a usual sentence. */
    private static final int SENTENCE = 32;

    /** Tokens of a long text, for the share of attention. */
    private static final int LONG_TEXT = 256;

    /** Texts, by their number of tokens. */
    public static <I> Examples<I> ofTexts(IntFunction<I> text) {
        return new Examples<>(text.apply(SENTENCE), SENTENCE, text.apply(LONG_TEXT), LONG_TEXT);
    }

    /** For a model whose inputs have one size. */
    public static <I> Examples<I> ofOneSize(I input, int units) {
        return new Examples<>(input, units, input, units);
    }
}
