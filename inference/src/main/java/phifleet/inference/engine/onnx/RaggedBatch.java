package phifleet.inference.engine.onnx;

import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import phifleet.inference.graph.EncoderGraph;
import phifleet.inference.graph.part.Positions;
import phifleet.inference.graph.part.SpanRule;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TokenSequence;

/**
 * The tokens of a batch in a row: texts ordered by length, so that those of one length lie side by side and share a step of
 * attention. A row alone would take another kernel of the engine's, whose rounding differs: it gets a text of one token beside it,
 * of which nothing is asked.
 */
final class RaggedBatch {
    private static final int LEAST_ROWS = 2;

    private final List<TokenSequence> texts;
    /** For each text of the batch its place in {@link #texts}. */
    private final int[] places;

    private final int[] starts;
    private final int tokens;

    RaggedBatch(List<TokenSequence> batch) {
        List<Integer> order = IntStream.range(0, batch.size())
                .boxed()
                .sorted(Comparator.comparingInt(text -> batch.get(text).length()))
                .toList();
        texts = new ArrayList<>(batch.size() + 1);
        places = new int[batch.size()];
        for (int place = 0; place < order.size(); place++) {
            texts.add(batch.get(order.get(place)));
            places[order.get(place)] = place;
        }
        if (batch.stream().mapToInt(TokenSequence::length).sum() < LEAST_ROWS) {
            texts.add(new TokenSequence(new int[] {batch.getFirst().id(0)}));
        }
        starts = new int[texts.size()];
        int count = 0;
        for (int i = 0; i < texts.size(); i++) {
            starts[i] = count;
            count += texts.get(i).length();
        }
        tokens = count;
    }

    /** The texts in their order, one that fills up included. */
    List<TokenSequence> ordered() {
        return Collections.unmodifiableList(texts);
    }

    /** Rows, that of a text that fills up included. */
    int tokens() {
        return tokens;
    }

    /** Texts, one that fills up included. */
    int texts() {
        return texts.size();
    }

    /** Tokens of the longest text. */
    int longest() {
        return texts.getLast().length();
    }

    /** Where a text of the batch lies among the texts. */
    int place(int text) {
        return places[text];
    }

    /** The row of the first token of a text of the batch. */
    int start(int text) {
        return starts[places[text]];
    }

    /** One number a token. */
    Tensor ids() {
        long[] ids = new long[tokens];
        int at = 0;
        for (TokenSequence text : texts) {
            for (int i = 0; i < text.length(); i++) {
                ids[at++] = text.id(i);
            }
        }
        return Tensor.of(List.of((long) tokens), ids);
    }

    /** One number a token: which of a pair's texts it belongs to. */
    Tensor types() {
        long[] types = new long[tokens];
        int at = 0;
        for (TokenSequence text : texts) {
            for (int i = 0; i < text.length(); i++) {
                types[at++] = text.type(i);
            }
        }
        return Tensor.of(List.of((long) tokens), types);
    }

    /** One number a token. */
    Tensor positions(Positions positions) {
        LongBuffer places = LongBuffer.allocate(tokens);
        texts.forEach(text -> positions.fill(text.length(), text::id, places::put));
        return Tensor.of(List.of((long) tokens), places.array());
    }

    /** For each text the row of the one token that is its vector, for {@link EncoderGraph#ROWS}. */
    Tensor rows(Pooling pooling) {
        long[] rows = new long[texts.size()];
        for (int i = 0; i < rows.length; i++) {
            rows[i] = starts[i] + (long) pooling.token(texts.get(i));
        }
        return Tensor.of(List.of((long) rows.length), rows);
    }

    /** For each text its first row and the one behind its last, for {@link EncoderGraph#TEXTS}. */
    Tensor bounds() {
        long[] bounds = new long[2 * texts.size()];
        for (int i = 0; i < texts.size(); i++) {
            bounds[2 * i] = starts[i];
            bounds[2 * i + 1] = starts[i] + (long) texts.get(i).length();
        }
        return Tensor.of(List.of((long) texts.size(), 2L), bounds);
    }

    /** For each token what its row counts in its text's sum, for {@link EncoderGraph#WEIGHTS}. */
    Tensor weights(Pooling pooling) {
        float[] weights = new float[tokens];
        int at = 0;
        for (TokenSequence text : texts) {
            for (int i = 0; i < text.length(); i++) {
                weights[at++] = pooling.weight(text, i);
            }
        }
        return Tensor.of(List.of((long) tokens, 1L), weights);
    }

    /** One row a step. */
    Tensor spans(SpanRule rule) {
        List<long[]> steps = new ArrayList<>();
        for (int i = 0; i < texts.size(); ) {
            int length = texts.get(i).length();
            int attended = texts.get(i).attended();
            int end = i + 1;
            while (end < texts.size()
                    && texts.get(end).length() == length
                    && texts.get(end).attended() == length
                    && attended == length
                    && length <= rule.block()) {
                end++;
            }
            if (length <= rule.block() && attended == length) {
                long first = starts[i];
                long behind = first + (long) (end - i) * length;
                boolean hides = rule.hides(0, length - 1, 0, length);
                steps.add(new long[] {first, behind, first, behind, length, length, hides ? 1 : 0});
            } else {
                addBlocks(rule, starts[i], length, attended, steps);
            }
            i = end;
        }
        return Tensor.of(
                List.of((long) steps.size(), (long) SpanRule.COLUMNS),
                steps.stream().flatMapToLong(Arrays::stream).toArray());
    }

    /** @param attended tokens that are looked at, from the first; they come before all others */
    private static void addBlocks(SpanRule rule, long start, int length, int attended, List<long[]> steps) {
        int block = Math.min(length, rule.block());
        for (int query = 0; query < length; query += block) {
            int end = Math.min(length, query + block);
            int keyEnd = Math.min(attended, rule.endOfKeys(end - 1, length));
            int key = Math.min(rule.firstKey(query), keyEnd - 1);
            boolean hides = rule.hides(query, end - 1, key, keyEnd);
            steps.add(new long[] {
                start + query, start + end, start + key, start + keyEnd, end - query, keyEnd - key, hides ? 1 : 0
            });
        }
    }
}
