package phifleet.inference.model;

import java.util.Arrays;

/**
 * The words of a tokenised text, and how many labels stand before it, for networks that score spans of words. The array is not copied:
 * its maker hands it over.
 */
public final class WordMarks {
    private final int[] begins;
    private final int words;
    private final int labels;

    /**
     * @param begins of each token the number, from 1, of the word that begins with it; 0 where none does
     * @param words how many there are; one without a token of its own counts too
     * @param labels how many the text is asked for
     */
    public WordMarks(int[] begins, int words, int labels) {
        this.begins = begins;
        this.words = words;
        this.labels = labels;
    }

    /** The number of the word that begins with a token, from 1; 0 where none does. */
    public int beginning(int token) {
        return begins[token];
    }

    public int words() {
        return words;
    }

    public int labels() {
        return labels;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof WordMarks marks
                && words == marks.words
                && labels == marks.labels
                && Arrays.equals(begins, marks.begins);
    }

    @Override
    public int hashCode() {
        return 31 * (31 * Arrays.hashCode(begins) + words) + labels;
    }

    @Override
    public String toString() {
        return "WordMarks[" + words + " words, " + labels + " labels]";
    }
}
