package phifleet.inference.text;

import java.util.List;
import phifleet.inference.model.TokenSequence;

/** What became of texts that were to be tokenised. */
public sealed interface Encoding {

    /**
     * Ready for the lane.
     *
     * @param sequences one an input, special tokens included
     * @param tokens their lengths summed
     * @param characters Unicode code points of the input texts, prompts not counted
     * @param nanos time spent
     * @param passages of each sequence what part of which text it is, for models that say something of parts; else empty
     * @param shares of each sequence what it has of which text's vector, where any text is in several; else empty
     */
    record Encoded(
            List<TokenSequence> sequences,
            int tokens,
            int characters,
            long nanos,
            List<Passage> passages,
            List<Share> shares)
            implements Encoding {
        public Encoded(List<TokenSequence> sequences, int tokens, int characters, long nanos) {
            this(sequences, tokens, characters, nanos, List.of(), List.of());
        }
    }

    /**
     * One input can not be taken.
     *
     * @param index its place in the request
     */
    record Rejected(int index, Rejection reason) implements Encoding {}
}
