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

    /** How many tokens {@link #encode} adds to a text: 2 for BERT. */
    int specialTokenCount();

    /** One more than the largest token id. */
    int vocabularySize();

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
