package phifleet.inference.text;

import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;

/** Cuts token sequences, keeping the special tokens at both ends in their place. */
final class Truncation {
    /** For ids that the caller made: all of them are ordinary. */
    static final SpecialTokens NO_SPECIAL = new SpecialTokens(0, 0);

    /** How many special tokens stand before and after a text. */
    record SpecialTokens(int before, int after) {

        /** Finds out by tokenising one letter. */
        static SpecialTokens of(Tokenizer tokenizer) {
            int before = 0;
            int after = 0;
            boolean textSeen = false;
            for (Tokenizer.Token token : tokenizer.tokens("a", true)) {
                if (!token.special()) {
                    textSeen = true;
                } else if (textSeen) {
                    after++;
                } else {
                    before++;
                }
            }
            return new SpecialTokens(before, after);
        }
    }

    private Truncation() {}

    /**
     * @param most tokens that stay
     * @param direction the end that is cut
     */
    static TokenSequence cut(
            TokenSequence sequence, int most, SpecialTokens special, EncodeOptions.Direction direction) {
        int removed = sequence.length() - most;
        int from = switch (direction) {
            case RIGHT -> sequence.length() - special.after() - removed;
            case LEFT -> special.before();
        };
        int[] kept = new int[most];
        for (int i = 0; i < most; i++) {
            kept[i] = sequence.id(i < from ? i : i + removed);
        }
        return new TokenSequence(kept, sequence.promptTokens(), sequence.task());
    }
}
