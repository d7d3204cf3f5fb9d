package phifleet.inference.text.entity;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Texts to words as GLiNER's splitter {@code whitespace} makes them: {@code \\w+(?:[-_]\\w+)*|\\S} in Python's meaning. */
final class WordSplitter {
    /** Python's letters and digits have no marks among them, and its white space four separators more. */
    private static final String LETTER = "[\\p{L}\\p{N}_]";

    // Possessive: a run without end costs no stack.
    private static final Pattern WORD =
            Pattern.compile(LETTER + "++(?:[-_]" + LETTER + "++)*+|[^\\s\\x1c-\\x1f]", Pattern.UNICODE_CHARACTER_CLASS);

    private WordSplitter() {}

    /**
     * A word.
     *
     * @param start its first place, in UTF-16 units
     * @param stop the place behind the last
     */
    record Word(String text, int start, int stop) {}

    static List<Word> words(String text) {
        List<Word> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text);
        while (matcher.find()) {
            words.add(new Word(matcher.group(), matcher.start(), matcher.end()));
        }
        return words;
    }
}
