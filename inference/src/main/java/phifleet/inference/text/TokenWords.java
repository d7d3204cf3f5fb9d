package phifleet.inference.text;

import java.lang.Character.UnicodeScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;

/**
 * Joins the tokens of a text to whole words, whatever marks its vocabulary has: {@code ##} before what goes on, {@code Ġ} or {@code ▁}
 * before what begins. Two tokens are of one word if the tokeniser writes no space between them. Tokens that are no text of anybody's, such as
 * {@code [SEP]}, signs, and what is written in scripts without spaces stand alone. Thread-safe.
 */
public final class TokenWords {
    private static final String GOES_ON = "##";

    /** What a decoder writes for bytes that make no whole character. */
    private static final int BROKEN = 0xFFFD;

    private static final Set<UnicodeScript> WITHOUT_SPACES = Set.of(
            UnicodeScript.HAN,
            UnicodeScript.HIRAGANA,
            UnicodeScript.KATAKANA,
            UnicodeScript.THAI,
            UnicodeScript.LAO,
            UnicodeScript.KHMER,
            UnicodeScript.MYANMAR);

    private final Tokenizer tokenizer;

    public TokenWords(Tokenizer tokenizer) {
        this.tokenizer = tokenizer;
    }

    /**
     * A word.
     *
     * @param from the place of its first token
     * @param to behind its last
     */
    public record Word(String text, int from, int to) {}

    /** All of them, in their order: each token is of one. */
    public List<Word> of(TokenSequence tokens) {
        List<Word> words = new ArrayList<>();
        int from = 0;
        for (int at = 1; at <= tokens.length(); at++) {
            if (at == tokens.length() || !goesOn(tokens.id(at - 1), tokens.id(at))) {
                words.add(new Word(text(tokens, from, at), from, at));
                from = at;
            }
        }
        return words;
    }

    /**
     * The same by places among those that count; words of which none counts are left out.
     *
     * @param counted the tokens without some, in the same order
     */
    public List<Word> of(TokenSequence tokens, TokenSequence counted) {
        List<Word> words = new ArrayList<>();
        int at = 0;
        for (Word word : of(tokens)) {
            int from = at;
            for (int i = word.from; i < word.to; i++) {
                if (at < counted.length() && counted.id(at) == tokens.id(i)) {
                    at++;
                }
            }
            if (at > from) {
                words.add(new Word(word.text, from, at));
            }
        }
        return words;
    }

    private String text(TokenSequence tokens, int from, int to) {
        int[] ids = new int[to - from];
        for (int i = from; i < to; i++) {
            ids[i - from] = tokens.id(i);
        }
        return written(ids).strip();
    }

    private boolean goesOn(int before, int id) {
        String left = written(before);
        String right = written(id);
        if (isOwn(before, left) || isOwn(id, right)) {
            return false;
        }
        if (right.startsWith(GOES_ON)) {
            return true;
        }
        if (right.isBlank() || Character.isWhitespace(right.codePointAt(0))) {
            return false;
        }
        if (left.isBlank()) {
            // A space apart, with the word that it is before.
            return true;
        }
        int last = left.codePointBefore(left.length());
        int first = right.codePointAt(0);
        if (standsAlone(last) || standsAlone(first)) {
            return false;
        }
        String both = written(before, id);
        // Where it does not begin so, the two made one character of their bytes.
        String rest = both.startsWith(left) ? both.substring(left.length()) : both.strip();
        return rest.isEmpty() || !Character.isWhitespace(rest.codePointAt(0));
    }

    /** Whether it is the model's own, of which no text is made. */
    private boolean isOwn(int id, String written) {
        String bare = written.strip();
        return (!bare.isEmpty()
                        && tokenizer
                                .decode(new TokenSequence(new int[] {id}), true)
                                .isEmpty())
                || (bare.length() > 2 && bare.startsWith("[") && bare.endsWith("]"));
    }

    private static boolean standsAlone(int character) {
        return (character != BROKEN
                        && !Character.isLetterOrDigit(character)
                        && Character.getType(character) != Character.NON_SPACING_MARK)
                || WITHOUT_SPACES.contains(UnicodeScript.of(character));
    }

    private String written(int... ids) {
        return tokenizer.decode(new TokenSequence(ids), false);
    }
}
