package phifleet.inference.model;

import java.util.Arrays;

/** One tokenised text, special tokens included, without padding. The array is not copied: its maker hands it over. */
public final class TokenSequence {
    private final int[] ids;

    public TokenSequence(int[] ids) {
        this.ids = ids;
    }

    public int length() {
        return ids.length;
    }

    /** The token id at a place, 0 to {@code length() - 1}. */
    public int id(int index) {
        return ids[index];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TokenSequence sequence && Arrays.equals(ids, sequence.ids);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(ids);
    }

    @Override
    public String toString() {
        return "TokenSequence" + Arrays.toString(ids);
    }
}
