package phifleet.worker.index;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The words of a text by which it is found, without regard to case and to forms of width: runs of letters and digits. Where a script writes
 * no spaces, each two characters that follow each other, and those alone that stand alone; so that a word is found within a sentence. Texts
 * that are kept are cut as texts that are looked for, but that they have each of those characters alone too.
 */
public final class Words {
    /** Characters of the longest word; of a longer one they are the beginning. */
    private static final int LONGEST = 100;

    private Words() {}

    /** Of a text that is kept, each once. */
    static List<String> kept(String text) {
        return of(text, true);
    }

    /** Of a text that is looked for, each once; none where it has neither letters nor digits. */
    public static List<String> sought(String text) {
        return of(text, false);
    }

    private static List<String> of(String text, boolean each) {
        int[] characters = Normalizer.normalize(text, Normalizer.Form.NFKC)
                .toLowerCase(Locale.ROOT)
                .codePoints()
                .toArray();
        Set<String> words = new LinkedHashSet<>();
        int at = 0;
        while (at < characters.length) {
            int start = at;
            boolean spaceless = isSpaceless(characters[at]);
            while (at < characters.length && isPart(characters[at]) && isSpaceless(characters[at]) == spaceless) {
                at++;
            }
            if (at == start) {
                at++;
            } else if (spaceless) {
                addPairs(characters, start, at, each, words);
            } else {
                words.add(new String(characters, start, Math.min(LONGEST, at - start)));
            }
        }
        return new ArrayList<>(words);
    }

    private static void addPairs(int[] characters, int start, int end, boolean each, Set<String> words) {
        for (int i = start; i < end; i++) {
            if (each || end - start == 1) {
                words.add(Character.toString(characters[i]));
            }
            if (i + 1 < end) {
                words.add(new String(characters, i, 2));
            }
        }
    }

    private static boolean isPart(int character) {
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.COMBINING_SPACING_MARK -> true;
            default -> Character.isLetterOrDigit(character);
        };
    }

    private static boolean isSpaceless(int character) {
        return switch (Character.UnicodeScript.of(character)) {
            case HAN, HIRAGANA, KATAKANA, THAI, LAO, KHMER, MYANMAR -> true;
            default -> false;
        };
    }
}
