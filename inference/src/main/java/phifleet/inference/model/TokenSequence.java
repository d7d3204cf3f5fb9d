package phifleet.inference.model;

import java.util.Arrays;

/** One tokenised text, special tokens included, without padding. The array is not copied: its maker hands it over. */
public final class TokenSequence {
    private final int[] ids;
    private final int promptTokens;
    private final int task;

    public TokenSequence(int[] ids) {
        this(ids, 0, 0);
    }

    /**
     * @param promptTokens how many tokens at the start are a prompt's and the model's own before it, for a pooling that leaves them
     *     out
     * @param task which of its tasks a model is to do, where it has several; else 0
     */
    public TokenSequence(int[] ids, int promptTokens, int task) {
        this.ids = ids;
        this.promptTokens = promptTokens;
        this.task = task;
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

    /** The same text of a prompt and for a task. */
    public TokenSequence with(int promptTokens, int task) {
        return promptTokens == this.promptTokens && task == this.task
                ? this
                : new TokenSequence(ids, promptTokens, task);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenSequence sequence
                && promptTokens == sequence.promptTokens
                && task == sequence.task
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
