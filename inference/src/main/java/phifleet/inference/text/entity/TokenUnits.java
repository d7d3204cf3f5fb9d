package phifleet.inference.text.entity;

import java.util.List;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.text.TextUnits;

/**
 * Which of a text's tokens go on with a word, as transformers' {@code token-classification} pipeline finds it (4.57.6,
 * {@code gather_pre_entities}).
 *
 * @param marked whether the vocabulary spells a token that goes on with a word otherwise than one that begins it
 * @param unknown the token for what the vocabulary does not have, which always begins a word; -1 where there is none
 */
record TokenUnits(boolean marked, int unknown) {

    TextUnits of(String text, List<Tokenizer.Token> tokens) {
        int[] points = text.codePoints().toArray();
        int[] starts = new int[tokens.size()];
        int[] stops = new int[tokens.size()];
        boolean[] continued = new boolean[tokens.size()];
        for (int i = 0; i < starts.length; i++) {
            Tokenizer.Token token = tokens.get(i);
            starts[i] = token.start();
            stops[i] = token.stop();
            continued[i] = token.id() != unknown && (marked ? isMarked(token) : isBehindLetter(points, token));
        }
        return new TextUnits(starts, stops, continued);
    }

    private static boolean isMarked(Tokenizer.Token token) {
        return token.text().codePointCount(0, token.text().length()) != token.stop() - token.start();
    }

    private static boolean isBehindLetter(int[] text, Tokenizer.Token token) {
        int start = token.start();
        return start > 0 && text[start - 1] != ' ' && (start >= text.length || text[start] != ' ');
    }
}
