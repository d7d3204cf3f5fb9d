package phifleet.worker.http;

import java.util.ArrayList;
import java.util.List;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;

/** One token a word: its length plus 10; 1 before and 2 after the text, as BERT has its own. */
final class FakeTokenizer implements Tokenizer {
    static final int VOCABULARY = 1000;

    @Override
    public TokenSequence encode(String text, boolean addSpecialTokens) {
        return new TokenSequence(
                tokens(text, addSpecialTokens).stream().mapToInt(Token::id).toArray());
    }

    @Override
    public List<Token> tokens(String text, boolean addSpecialTokens) {
        List<Token> tokens = new ArrayList<>();
        if (addSpecialTokens) {
            tokens.add(new Token(1, "[CLS]", true, 0, 0));
        }
        int start = 0;
        for (String word : text.split(" ", -1)) {
            int length = word.codePointCount(0, word.length());
            if (length > 0) {
                tokens.add(new Token(Math.min(10 + length, VOCABULARY - 1), word, false, start, start + length));
            }
            start += length + 1;
        }
        if (addSpecialTokens) {
            tokens.add(new Token(2, "[SEP]", true, 0, 0));
        }
        return tokens;
    }

    @Override
    public PairLayout pairLayout() {
        return new PairLayout(List.of(1), List.of(2), List.of(2), 1);
    }

    @Override
    public String decode(TokenSequence sequence, boolean skipSpecialTokens) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < sequence.length(); i++) {
            int id = sequence.id(i);
            if (id >= 10 || !skipSpecialTokens) {
                text.append(text.isEmpty() ? "" : " ").append(id >= 10 ? "x".repeat(id - 10) : "[" + id + "]");
            }
        }
        return text.toString();
    }

    @Override
    public int specialTokenCount() {
        return 2;
    }

    @Override
    public int vocabularySize() {
        return VOCABULARY;
    }
}
