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

    /** Two windows of a text share this part of what is in one. */
    private static final int OVERLAP = 8;

    private Truncation() {}

    /**
     * Cuts a text into overlapping windows, each with the tokens at both ends of the whole.
     *
     * @param most tokens of a window, more than head and tail
     * @param head tokens before the text itself that each window has too
     * @param tail tokens behind it
     */
    static void split(TokenSequence sequence, int most, int head, int tail, int input, Encodings encodings) {
        int room = most - head - tail;
        int own = sequence.length() - head - tail;
        for (Window window : Window.over(own, at -> 1, room, room, room / OVERLAP)) {
            int length = window.to() - window.from();
            int[] ids = new int[head + length + tail];
            for (int i = 0; i < ids.length; i++) {
                int from = i < head ? i : i < head + length ? i + window.from() : i - head - length + head + own;
                ids[i] = sequence.id(from);
            }
            encodings.add(
                    new TokenSequence(ids, sequence.promptTokens(), sequence.task()),
                    new Share(input, window.ownTo() - window.ownFrom()));
        }
    }

    /**
     * @param most tokens that stay
     * @param left whether it loses its beginning
     */
    static TokenSequence cut(TokenSequence sequence, int most, SpecialTokens special, boolean left) {
        int removed = sequence.length() - most;
        int from = left ? special.before() : sequence.length() - special.after() - removed;
        int[] kept = new int[most];
        for (int i = 0; i < most; i++) {
            kept[i] = sequence.id(i < from ? i : i + removed);
        }
        return new TokenSequence(kept, sequence.promptTokens(), sequence.task());
    }
}
