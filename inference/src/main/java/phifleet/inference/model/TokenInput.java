package phifleet.inference.model;

import java.util.Arrays;

/**
 * How a model takes texts.
 *
 * @param maxTokens tokens of one input, special tokens included
 * @param padId the token that fills a batch up
 * @param packing whether linear layers leave padding out, where the engine can
 * @param filled whether each text is filled up to {@code maxTokens}, since the network was trained so and is not told what is filling
 */
public record TokenInput(int maxTokens, int padId, boolean packing, boolean filled) {

    /** Of texts of any length. */
    public TokenInput(int maxTokens, int padId, boolean packing) {
        this(maxTokens, padId, packing, false);
    }

    /** As the network takes a text: filled up on the right where it wants that; else the same. */
    public TokenSequence fill(TokenSequence text) {
        if (!filled || text.length() >= maxTokens) {
            return text;
        }
        int[] ids = new int[maxTokens];
        for (int i = 0; i < text.length(); i++) {
            ids[i] = text.id(i);
        }
        Arrays.fill(ids, text.length(), maxTokens, padId);
        return new TokenSequence(ids, text.promptTokens(), text.task());
    }
}
