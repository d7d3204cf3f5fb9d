package phifleet.inference.model;

import java.util.List;

/** Texts to token ids and back. Thread-safe; the work is done on the calling thread. */
public interface Tokenizer {

    /**
     * The ids of a text, neither truncated nor padded.
     *
     * @param text well-formed UTF-16: no lone surrogates
     * @param addSpecialTokens whether the model's own tokens, such as {@code [CLS]} and {@code [SEP]}, are added
     */
    TokenSequence encode(String text, boolean addSpecialTokens);

    /** The same as {@link #encode}, with what each token stands for. */
    List<Token> tokens(String text, boolean addSpecialTokens);

    /** The text of a sequence of ids. Ids outside the vocabulary are left out. */
    String decode(TokenSequence sequence, boolean skipSpecialTokens);

    /** How two texts are joined. */
    PairLayout pairLayout();

    /** How many tokens {@link #encode} adds to a text: 2 for BERT. */
    int specialTokenCount();

    /** Whether a text of too many tokens loses its beginning where nobody asks for the other end. */
    default boolean cutsLeft() {
        return false;
    }

    /** One more than the largest token id. */
    int vocabularySize();

    /** One more than the largest id that ordinary texts have: without tokens that were added, such as one for an image. */
    default int ordinarySize() {
        return vocabularySize();
    }

    /**
     * The model's own tokens in a pair of texts, whose other tokens are those of each text alone.
     *
     * @param secondFrom how many tokens behind the first text the second kind of tokens begins, counted without the texts;
     *     larger than all where the model does not tell the two apart
     */
    record PairLayout(List<Integer> before, List<Integer> between, List<Integer> after, int secondFrom) {
        public PairLayout {
            before = List.copyOf(before);
            between = List.copyOf(between);
            after = List.copyOf(after);
        }

        /** How many tokens are added to the two texts'. */
        public int added() {
            return before.size() + between.size() + after.size();
        }
    }

    /**
     * One token.
     *
     * @param id its id in the vocabulary
     * @param text as the vocabulary spells it
     * @param special whether the model added it
     * @param start first place in the text, in Unicode code points
     * @param stop place after the last, in Unicode code points
     */
    record Token(int id, String text, boolean special, int start, int stop) {}
}
