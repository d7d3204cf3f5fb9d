package phifleet.inference.engine.onnx;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.onnx.OnnxSignature;

/** Fills the inputs that exported graphs of encoders have, in the types that they want. */
final class GraphInputs {
    static final String IDS = "input_ids";
    static final String MASK = "attention_mask";
    static final String TYPES = "token_type_ids";
    static final String POSITIONS = "position_ids";
    static final String TASK = "task_id";
    static final String OFFSETS = "offsets";

    /** Of each token the number of the word that begins with it. */
    static final String WORDS = "words_mask";

    /** How many words each text has. */
    static final String WORD_COUNTS = "text_lengths";

    /** The first and the last word of each span. */
    static final String SPANS = "span_idx";

    /** Which spans end within their text. */
    static final String SPAN_MASK = "span_mask";

    /** Whether the past is used; it is not. */
    private static final String CACHE_BRANCH = "use_cache_branch";

    private static final String PAST = "past_key_values";
    private static final Set<String> KNOWN = Set.of(IDS, MASK, TYPES, POSITIONS, TASK, OFFSETS, CACHE_BRANCH);
    private static final Set<String> OF_SPANS = Set.of(WORDS, WORD_COUNTS, SPANS, SPAN_MASK);

    private final List<OnnxSignature.Value> inputs;
    private final int padId;
    private final int spanWidth;

    /**
     * @param spanWidth words of the longest span that the network scores; 0 where it scores none
     * @throws ModelException where the graph wants something else; the message names it
     */
    GraphInputs(List<OnnxSignature.Value> inputs, int padId, int spanWidth) throws ModelException {
        for (OnnxSignature.Value input : inputs) {
            boolean ofSpans = spanWidth > 0 && OF_SPANS.contains(input.name());
            if (!KNOWN.contains(input.name()) && !ofSpans && !input.name().startsWith(PAST)) {
                throw new ModelException("the graph wants an input " + input.name() + "; a sentence encoder may have "
                        + KNOWN.stream().sorted().toList() + " and " + PAST + "…");
            }
        }
        if (inputs.stream().noneMatch(input -> input.name().equals(IDS))) {
            throw new ModelException("the graph has no input " + IDS + ", but " + inputs);
        }
        this.inputs = List.copyOf(inputs);
        this.padId = padId;
        this.spanWidth = spanWidth;
    }

    boolean has(String name) {
        return inputs.stream().anyMatch(input -> input.name().equals(name));
    }

    /** Tensors for texts side by side, filled up on the right. */
    Map<String, Tensor> rectangle(List<TokenSequence> texts) {
        int rows = texts.size();
        int columns = texts.stream().mapToInt(TokenSequence::length).max().orElse(0);
        List<Long> shape = List.of((long) rows, (long) columns);
        Map<String, Tensor> tensors = new HashMap<>();
        for (OnnxSignature.Value input : inputs) {
            tensors.put(
                    input.name(),
                    switch (input.name()) {
                        case IDS ->
                            of(input, shape, at -> {
                                TokenSequence text = texts.get(at / columns);
                                int place = at % columns;
                                return place < text.length() ? text.id(place) : padId;
                            });
                        case MASK ->
                            of(input, shape, at -> {
                                TokenSequence text = texts.get(at / columns);
                                int place = at % columns;
                                return place < text.length() && text.isAttended(place) ? 1 : 0;
                            });
                        case TYPES ->
                            of(input, shape, at -> {
                                TokenSequence text = texts.get(at / columns);
                                return at % columns < text.length() ? text.type(at % columns) : 0;
                            });
                        case POSITIONS ->
                            of(
                                    input,
                                    shape,
                                    at -> Math.min(
                                            at % columns,
                                            texts.get(at / columns).length() - 1));
                        case TASK ->
                            of(
                                    input,
                                    input.rank() == 0 ? List.of() : List.of(1L),
                                    at -> texts.getFirst().task());
                        case WORDS, WORD_COUNTS, SPANS, SPAN_MASK ->
                            new SpanTensors(texts, columns, spanWidth).of(input);
                        default -> nothing(input, rows);
                    });
        }
        return tensors;
    }

    /** Tensors for all texts' tokens in a row, with the place where each text begins. */
    Map<String, Tensor> row(List<TokenSequence> texts) {
        int[] ids = texts.stream()
                .flatMapToInt(text ->
                        java.util.stream.IntStream.range(0, text.length()).map(text::id))
                .toArray();
        int[] starts = new int[texts.size()];
        for (int i = 1; i < starts.length; i++) {
            starts[i] = starts[i - 1] + texts.get(i - 1).length();
        }
        Map<String, Tensor> tensors = new HashMap<>();
        for (OnnxSignature.Value input : inputs) {
            boolean tokens = input.name().equals(IDS);
            int[] values = tokens ? ids : starts;
            tensors.put(input.name(), of(input, List.of((long) values.length), at -> values[at]));
        }
        return tensors;
    }

    /** What a tensor has at each place, in its own order. */
    interface Values {
        long at(int index);
    }

    /** A past of no tokens: the graph says how many heads of what size, and its free sizes are the batch's and that of nothing. */
    private static Tensor nothing(OnnxSignature.Value input, int rows) {
        if (!input.name().startsWith(PAST)) {
            return of(input, List.of(1L), at -> 0);
        }
        List<Long> shape = new ArrayList<>();
        for (int i = 0; i < input.rank(); i++) {
            long side = input.shape().get(i);
            shape.add(side >= 0 ? side : i == 0 ? rows : 0);
        }
        return of(input, shape, at -> 0);
    }

    static Tensor of(OnnxSignature.Value input, List<Long> shape, Values values) {
        ElementType type = ElementType.ofOnnx(input.elementType()).orElseThrow(() -> unknown(input));
        ByteBuffer bytes = Tensor.allocate(type, shape);
        for (int i = 0; bytes.hasRemaining(); i++) {
            long value = values.at(i);
            switch (type) {
                case INT64 -> bytes.putLong(value);
                case INT32 -> bytes.putInt((int) value);
                case FP32 -> bytes.putFloat((float) value);
                case FP16 -> bytes.putShort(Float.floatToFloat16((float) value));
                case BOOL -> bytes.put((byte) value);
                default -> throw unknown(input);
            }
        }
        return Tensor.of(type, shape, bytes.flip());
    }

    private static IllegalArgumentException unknown(OnnxSignature.Value input) {
        return new IllegalArgumentException("input " + input.name() + " has element type " + input.elementType()
                + ", which no sentence encoder's input has");
    }
}
