package phifleet.inference.text;

import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;

/**
 * Two texts to one token sequence, as the model's tokeniser joins them. Each text's tokens are those that it has alone, so that a
 * query which stands before many texts becomes tokens once. Thread-safe.
 */
final class PairEncoding {
    private final Tokenizer tokenizer;
    private final Tokenizer.PairLayout layout;
    private final int most;

    /** Which of the two texts is cut where both are too long together. */
    enum Cut {
        /** The longer one, then both alike: {@code longest_first} of Hugging Face's tokenizers. */
        LONGEST_FIRST,
        /** The first, while it lasts. */
        FIRST
    }

    /** @param most tokens of a pair, the model's own included */
    PairEncoding(Tokenizer tokenizer, int most) {
        this.tokenizer = tokenizer;
        this.layout = tokenizer.pairLayout();
        this.most = most;
    }

    /** The tokens of one text of a pair. */
    TokenSequence part(String text) {
        return tokenizer.encode(text, false);
    }

    /** How long a pair is that is not cut. */
    int length(TokenSequence first, TokenSequence second) {
        return first.length() + second.length() + layout.added();
    }

    /** A pair, cut to what the model takes. */
    TokenSequence join(TokenSequence first, TokenSequence second, Cut cut, EncodeOptions.Direction direction) {
        int room = Math.max(0, most - layout.added());
        int firstKept = first.length();
        int secondKept = second.length();
        if (firstKept + secondKept > room) {
            if (cut == Cut.FIRST && secondKept < room) {
                firstKept = room - secondKept;
            } else {
                boolean swapped = firstKept > secondKept;
                int shorter = Math.min(firstKept, secondKept);
                int longer = Math.max(shorter, room - shorter);
                if (shorter + longer > room) {
                    shorter = room / 2;
                    longer = shorter + room % 2;
                }
                firstKept = swapped ? longer : shorter;
                secondKept = swapped ? shorter : longer;
            }
        }
        int[] ids = new int[firstKept + secondKept + layout.added()];
        int at = 0;
        for (int id : layout.before()) {
            ids[at++] = id;
        }
        boolean left = direction.isLeft(tokenizer);
        at = put(first, firstKept, left, ids, at);
        int behindFirst = at;
        for (int id : layout.between()) {
            ids[at++] = id;
        }
        at = put(second, secondKept, left, ids, at);
        for (int id : layout.after()) {
            ids[at++] = id;
        }
        return TokenSequence.pair(ids, (int) Math.min(ids.length, (long) behindFirst + layout.secondFrom()));
    }

    private static int put(TokenSequence text, int kept, boolean left, int[] ids, int at) {
        int from = left ? text.length() - kept : 0;
        for (int i = 0; i < kept; i++) {
            ids[at + i] = text.id(from + i);
        }
        return at + kept;
    }
}
