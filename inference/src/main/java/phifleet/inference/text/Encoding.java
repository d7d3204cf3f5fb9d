package phifleet.inference.text;

import java.util.List;
import java.util.function.UnaryOperator;
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

        /** The same texts as a network takes them, which need not be as many tokens as they are. */
        public Encoded as(UnaryOperator<TokenSequence> given) {
            return new Encoded(sequences.stream().map(given).toList(), tokens, characters, nanos, passages, shares);
        }
    }

    /**
     * One input can not be taken.
     *
     * @param index its place in the request
     */
    record Rejected(int index, Rejection reason) implements Encoding {}
}
