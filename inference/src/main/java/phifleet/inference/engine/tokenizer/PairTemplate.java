package phifleet.inference.engine.tokenizer;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer.PairLayout;

/**
 * How a tokeniser joins two texts, read off two short ones that it joined.
 *
 * @param layout what is special in it
 * @param oddOrder why that does not say where all of their tokens are; empty where it does
 * @param oddTypes why it does not say of what type each token is; empty where it does
 */
record PairTemplate(PairLayout layout, String oddOrder, String oddTypes) {

    /**
     * Reads it.
     *
     * @param ids of both joined
     * @param special 1 where a token is the tokeniser's own
     * @param types of the tokens
     * @param first the first text's own tokens
     * @param second the second's
     */
    static PairTemplate read(long[] ids, long[] special, long[] types, TokenSequence first, TokenSequence second) {
        List<Integer> before = new ArrayList<>();
        int at = 0;
        for (; at < ids.length && special[at] != 0; at++) {
            before.add((int) ids[at]);
        }
        boolean inOrder = stands(first, ids, at);
        int behindFirst = at + first.length();
        List<Integer> between = new ArrayList<>();
        for (at = behindFirst; at < ids.length && special[at] != 0; at++) {
            between.add((int) ids[at]);
        }
        int secondAt = at;
        inOrder &= stands(second, ids, secondAt);
        List<Integer> after = new ArrayList<>();
        for (at += second.length(); at < ids.length; at++) {
            after.add((int) ids[at]);
        }
        int secondFrom = Integer.MAX_VALUE;
        for (int i = types.length - 1; i >= behindFirst && types[i] == 1; i--) {
            secondFrom = i - behindFirst;
        }
        boolean usual = secondFrom == Integer.MAX_VALUE || behindFirst + secondFrom <= secondAt;
        for (int i = 0; i < types.length; i++) {
            usual &= types[i] == (i >= behindFirst && i - behindFirst >= secondFrom ? 1 : 0);
        }
        return new PairTemplate(
                new PairLayout(before, between, after, secondFrom),
                inOrder ? "" : "it joins two texts otherwise than one behind the other",
                usual
                        ? ""
                        : "the tokens of a pair have the types " + Arrays.toString(types)
                                + "; those of the first text must be 0, and from there or from the second on all 1 or all 0");
    }

    private static boolean stands(TokenSequence text, long[] ids, int at) {
        if (at + text.length() > ids.length) {
            return false;
        }
        for (int i = 0; i < text.length(); i++) {
            if (ids[at + i] != text.id(i)) {
                return false;
            }
        }
        return true;
    }
}
