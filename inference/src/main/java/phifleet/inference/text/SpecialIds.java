package phifleet.inference.text;

import java.util.ArrayList;
import java.util.List;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;

/** The model's own tokens around a text, to be put around tokens that were made without. */
public record SpecialIds(List<Integer> before, List<Integer> after) {
    public SpecialIds {
        before = List.copyOf(before);
        after = List.copyOf(after);
    }

    /** Finds out by tokenising one letter. */
    public static SpecialIds of(Tokenizer tokenizer) {
        List<Integer> before = new ArrayList<>();
        List<Integer> after = new ArrayList<>();
        boolean textSeen = false;
        for (Tokenizer.Token token : tokenizer.tokens("a", true)) {
            if (!token.special()) {
                textSeen = true;
            } else {
                (textSeen ? after : before).add(token.id());
            }
        }
        return new SpecialIds(before, after);
    }

    public int count() {
        return before.size() + after.size();
    }

    /**
     * Tokens with these around them.
     *
     * @param ids of a text, of which some are taken
     */
    public TokenSequence around(int[] ids, int from, int to) {
        int[] whole = new int[to - from + count()];
        int at = 0;
        for (int id : before) {
            whole[at++] = id;
        }
        System.arraycopy(ids, from, whole, at, to - from);
        at += to - from;
        for (int id : after) {
            whole[at++] = id;
        }
        return new TokenSequence(whole);
    }
}
