package phifleet.inference.local;

import java.util.List;

/**
 * What a model answered.
 *
 * @param outputs one a text, in the texts' order
 * @param tokens that were computed for it, special ones and prompts included
 */
public record Answer<O>(List<O> outputs, long tokens) {
    public Answer {
        outputs = List.copyOf(outputs);
    }
}
