package phifleet.inference.model;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** One tokenised text, special tokens included, without padding. The array is not copied: its maker hands it over. */
public final class TokenSequence {
    private final int[] ids;
    private final int promptTokens;
    private final int task;
    private final int secondFrom;
    private final int attended;
    private final @Nullable WordMarks words;
    private final TextOutputs outputs;

    public TokenSequence(int[] ids) {
        this(ids, 0, 0);
    }

    /**
     * @param promptTokens how many tokens at the start are a prompt's and the model's own before it, for a pooling that leaves them
     *     out
     * @param task which of its tasks a model is to do, where it has several; else 0
     */
    public TokenSequence(int[] ids, int promptTokens, int task) {
        this(ids, promptTokens, task, ids.length, ids.length, null, TextOutputs.DENSE);
    }

    private TokenSequence(
            int[] ids,
            int promptTokens,
            int task,
            int secondFrom,
            int attended,
            @Nullable WordMarks words,
            TextOutputs outputs) {
        this.ids = ids;
        this.promptTokens = promptTokens;
        this.task = task;
        this.secondFrom = secondFrom;
        this.attended = attended;
        this.words = words;
        this.outputs = outputs;
    }

    /**
     * Two texts as one.
     *
     * @param secondFrom the first token of the second kind, as networks tell the two texts of a pair apart; the length where theirs
     *     does not
     */
    public static TokenSequence pair(int[] ids, int secondFrom) {
        return new TokenSequence(ids, 0, 0, secondFrom, ids.length, null, TextOutputs.DENSE);
    }

    /**
     * A text behind which tokens stand that no token attends to, and whose own vectors count.
     *
     * @param attended how many tokens are attended to, from the first
     */
    public static TokenSequence expanded(int[] ids, int attended) {
        return new TokenSequence(ids, 0, 0, ids.length, attended, null, TextOutputs.DENSE);
    }

    /** The same text with its words told apart. */
    public TokenSequence ofWords(WordMarks words) {
        return new TokenSequence(ids, promptTokens, task, secondFrom, attended, words, outputs);
    }

    /** The same text, of which more or something else than one vector is wanted. */
    public TokenSequence asking(TextOutputs outputs) {
        return new TokenSequence(ids, promptTokens, task, secondFrom, attended, words, outputs);
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

    /** How many of its tokens others attend to, from the first. */
    public int attended() {
        return attended;
    }

    /** Whether others attend to the token at a place. */
    public boolean isAttended(int index) {
        return index < attended;
    }

    /** Where its words are; null where the network is told nothing of them. */
    public @Nullable WordMarks words() {
        return words;
    }

    /** What is wanted of it, of a model that gives more than one vector; one vector for all others. */
    public TextOutputs outputs() {
        return outputs;
    }

    /** The same text of a prompt and for a task. */
    public TokenSequence with(int promptTokens, int task) {
        return promptTokens == this.promptTokens && task == this.task
                ? this
                : new TokenSequence(ids, promptTokens, task, secondFrom, attended, words, outputs);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenSequence sequence
                && promptTokens == sequence.promptTokens
                && task == sequence.task
                && secondFrom == sequence.secondFrom
                && attended == sequence.attended
                && Objects.equals(words, sequence.words)
                && outputs.equals(sequence.outputs)
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
