package phifleet.inference.text;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;

/** Texts with their prompts to token sequences. Thread-safe; the work is done on the calling thread. */
public final class TextEncoding {
    private final Tokenizer tokenizer;
    private final Truncation.SpecialTokens specialTokens;
    private final boolean includePrompt;
    private final Map<String, Integer> promptTokens = new ConcurrentHashMap<>();

    /**
     * @param includePrompt whether the pooling counts a prompt's tokens; where it does not, they are counted here
     */
    public TextEncoding(Tokenizer tokenizer, boolean includePrompt) {
        this.tokenizer = tokenizer;
        this.specialTokens = Truncation.SpecialTokens.of(tokenizer);
        this.includePrompt = includePrompt;
    }

    /**
     * A prompt and a text as one, special tokens included, in its whole length.
     *
     * @param known whether the prompt is one of few, which are remembered
     * @param task for a model with several
     */
    public TokenSequence encode(String prompt, boolean known, String text, int task) {
        TokenSequence whole = tokenizer.encode(prompt.isEmpty() ? text : prompt + text, true);
        return whole.with(includePrompt || prompt.isEmpty() ? 0 : promptTokens(prompt, known), task);
    }

    /** The same text cut; the special tokens at both ends stay. */
    public TokenSequence cut(TokenSequence sequence, int most, EncodeOptions.Direction direction) {
        return sequence.length() <= most
                ? sequence
                : Truncation.cut(sequence, most, specialTokens, direction.isLeft(tokenizer));
    }

    /** The same of ids that the caller made, all of which are ordinary. */
    TokenSequence cutIds(TokenSequence sequence, int most, EncodeOptions.Direction direction) {
        return Truncation.cut(sequence, most, Truncation.NO_SPECIAL, direction.isLeft(tokenizer));
    }

    /** What stands before each window of a text: the prompt, and the model's own tokens before it. */
    int head(String prompt, boolean known) {
        return prompt.isEmpty() ? specialTokens.before() : promptTokens(prompt, known);
    }

    /** The model's own tokens that end each window. */
    int tail() {
        return specialTokens.after();
    }

    private int promptTokens(String prompt, boolean known) {
        return known ? promptTokens.computeIfAbsent(prompt, this::count) : count(prompt);
    }

    /** With the tokens that come before a text, without the one that ends it: as sentence-transformers counts. */
    private int count(String prompt) {
        return tokenizer.encode(prompt, true).length() - Math.min(1, specialTokens.after());
    }
}
