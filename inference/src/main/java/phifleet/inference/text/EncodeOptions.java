package phifleet.inference.text;

import org.jspecify.annotations.Nullable;
import phifleet.inference.model.Tokenizer;

/**
 * How texts become token sequences.
 *
 * @param truncate whether an input over the model's limit is cut; otherwise it is rejected
 * @param direction which end is cut
 * @param promptName the prompt put before each text; null for the model's default prompt, if it has one
 * @param prompt a prompt of the caller's own words in place of a named one; null for none
 */
public record EncodeOptions(
        boolean truncate,
        Direction direction,
        @Nullable String promptName,
        @Nullable String prompt) {

    /** Without a prompt of the caller's own words. */
    public EncodeOptions(boolean truncate, Direction direction, @Nullable String promptName) {
        this(truncate, direction, promptName, null);
    }

    /** Which end of a long input is cut. */
    public enum Direction {
        LEFT,
        RIGHT,

        /** As the model's tokeniser does it. */
        USUAL;

        /** Whether a text loses its beginning. */
        boolean isLeft(Tokenizer tokenizer) {
            return switch (this) {
                case LEFT -> true;
                case RIGHT -> false;
                case USUAL -> tokenizer.cutsLeft();
            };
        }
    }
}
