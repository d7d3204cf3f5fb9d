package phifleet.worker.index;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The parts of a text's words by which it is found, without regard to case and to forms of width. A word is a run of letters and digits. Networks
 * that read images miss spaces, and some scripts have none, so that a word must be found within a longer one: all parts of up to
 * {@value #LONGEST} characters are kept, and those of {@value #LONGEST} are looked for, or the word itself where it is shorter. What has them all
 * nearly always has the word.
 */
public final class Words {
    /** Characters of the longest part. */
    private static final int LONGEST = 3;

    private Words() {}

    /** Of a text that is kept, each once. */
    static List<String> kept(String text) {
        Set<String> parts = new LinkedHashSet<>();
        for (int[] word : of(text)) {
            for (int length = 1; length <= Math.min(LONGEST, word.length); length++) {
                addParts(word, length, parts);
            }
        }
        return List.copyOf(parts);
    }

    /** Of a text that is looked for, each once; none where it has neither letters nor digits. */
    public static List<String> sought(String text) {
        Set<String> parts = new LinkedHashSet<>();
        for (int[] word : of(text)) {
            addParts(word, Math.min(LONGEST, word.length), parts);
        }
        return List.copyOf(parts);
    }

    private static void addParts(int[] word, int length, Set<String> parts) {
        for (int i = 0; i + length <= word.length; i++) {
            parts.add(new String(word, i, length));
        }
    }

    private static List<int[]> of(String text) {
        int[] characters = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .toArray();
        List<int[]> words = new ArrayList<>();
        int start = 0;
        for (int at = 0; at <= characters.length; at++) {
            if (at == characters.length || !isPart(characters[at])) {
                if (at > start) {
                    words.add(Arrays.copyOfRange(characters, start, at));
                }
                start = at + 1;
            }
        }
        return words;
    }

    private static boolean isPart(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> Character.isLetterOrDigit(character);
        };
    }
}
