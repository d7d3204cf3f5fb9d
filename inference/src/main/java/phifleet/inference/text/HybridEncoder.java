package phifleet.inference.text;

import java.util.List;
import phifleet.inference.model.TextOutputs;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

/**
 * A sentence encoder that gives weights and vectors of a text's tokens by the same run. It is a {@link SparseEncoder} and a
 * {@link MultiVectorEncoder} too, by {@link #as}, as far as it {@link #gives} these. Thread-safe.
 */
public interface HybridEncoder extends SentenceEncoder {

    /** All that it gives. */
    TextOutputs gives();

    /** Numbers of a token's vector; 0 where it gives none. */
    int tokenDimension();

    /**
     * Tokenises and cuts, on the calling thread: not for event loops where there are many.
     *
     * @param outputs what is wanted of each text, which it {@link #gives}
     * @param truncate whether a text over the model's limit is cut; otherwise it is rejected
     * @return for {@link #embed}, whose outcomes {@link #parts} reads
     */
    Encoding encode(List<String> texts, TextOutputs outputs, boolean truncate);

    /** What a text asked for, of what the lane gave. */
    TextParts parts(TokenSequence text, Vector output);
}
