package phifleet.inference.engine.onnx;

import java.util.List;
import java.util.Objects;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.WordMarks;
import phifleet.inference.onnx.OnnxSignature;

/**
 * What a network that scores spans is told of its texts' words: each word begins spans of one word to {@code width}. Texts of fewer
 * words are filled up with spans that do not count.
 *
 * @param columns tokens of the longest text
 * @param width words of the longest span
 */
record SpanTensors(List<TokenSequence> texts, int columns, int width) {

    Tensor of(OnnxSignature.Value input) {
        long rows = texts.size();
        int words = texts.stream().mapToInt(text -> marks(text).words()).max().orElse(0);
        int spans = words * width;
        return switch (input.name()) {
            case GraphInputs.WORDS ->
                GraphInputs.of(input, List.of(rows, (long) columns), at -> {
                    TokenSequence text = texts.get(at / columns);
                    int place = at % columns;
                    return place < text.length() ? marks(text).beginning(place) : 0;
                });
            case GraphInputs.WORD_COUNTS ->
                GraphInputs.of(
                        input, List.of(rows, 1L), at -> marks(texts.get(at)).words());
            case GraphInputs.SPANS ->
                GraphInputs.of(input, List.of(rows, (long) spans, 2L), at -> {
                    int span = at / 2 % spans;
                    int last = span / width + (at % 2 == 0 ? 0 : span % width);
                    return last < marks(texts.get(at / (2 * spans))).words() ? last : 0;
                });
            case GraphInputs.SPAN_MASK ->
                GraphInputs.of(input, List.of(rows, (long) spans), at -> {
                    int span = at % spans;
                    return span / width + span % width
                                    < marks(texts.get(at / spans)).words()
                            ? 1
                            : 0;
                });
            default -> throw new IllegalArgumentException(input.name() + " tells nothing of spans");
        };
    }

    private static WordMarks marks(TokenSequence text) {
        return Objects.requireNonNull(text.words(), "a text whose words are not told apart");
    }
}
