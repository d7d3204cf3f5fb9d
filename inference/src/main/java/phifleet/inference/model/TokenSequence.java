package phifleet.inference.model;

import java.util.Arrays;

/** One tokenised text, special tokens included, without padding. The array is not copied: its maker hands it over. */
public final class TokenSequence {
    private final int[] ids;
    private final int promptTokens;
    private final int task;
    private final int secondFrom;

    public TokenSequence(int[] ids) {
        this(ids, 0, 0);
    }

    /**
     * @param promptTokens how many tokens at the start are a prompt's and the model's own before it, for a pooling that leaves them
     *     out
     * @param task which of its tasks a model is to do, where it has several; else 0
     */
    public TokenSequence(int[] ids, int promptTokens, int task) {
        this(ids, promptTokens, task, ids.length);
    }

    private TokenSequence(int[] ids, int promptTokens, int task, int secondFrom) {
        this.ids = ids;
        this.promptTokens = promptTokens;
        this.task = task;
        this.secondFrom = secondFrom;
    }

    /**
     * Two texts as one.
     *
     * @param secondFrom the first token of the second kind, as networks tell the two texts of a pair apart; the length where theirs
     *     does not
     */
    public static TokenSequence pair(int[] ids, int secondFrom) {
        return new TokenSequence(ids, 0, 0, secondFrom);
    }

    public int length() {
        return ids.length;
    }

    /** The token id at a place, 0 to {@code length() - 1}. */
    public int id(int index) {
        return ids[index];
    }

    public int promptTokens() {
        return promptTokens;
    }

    public int task() {
        return task;
    }

    /** Which of a pair's texts the network is told that a token belongs to: 0 or 1. */
    public int type(int index) {
        return index < secondFrom ? 0 : 1;
    }

    /** The same text of a prompt and for a task. */
    public TokenSequence with(int promptTokens, int task) {
        return promptTokens == this.promptTokens && task == this.task
                ? this
                : new TokenSequence(ids, promptTokens, task, secondFrom);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenSequence sequence
                && promptTokens == sequence.promptTokens
                && task == sequence.task
                && secondFrom == sequence.secondFrom
                && Arrays.equals(ids, sequence.ids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return "TokenSequence" + Arrays.toString(ids);
    }
}
