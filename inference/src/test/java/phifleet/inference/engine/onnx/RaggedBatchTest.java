package phifleet.inference.engine.onnx;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import phifleet.inference.graph.part.SpanRule;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TokenSequence;

class RaggedBatchTest {
    private static final int ALL = Integer.MAX_VALUE;

    private static List<List<Long>> steps(RaggedBatch batch, SpanRule rule) {
        Tensor spans = batch.spans(rule);
        List<List<Long>> steps = new ArrayList<>();
        for (int step = 0; step < spans.shape().getFirst(); step++) {
            List<Long> numbers = new ArrayList<>();
            for (int column = 0; column < SpanRule.COLUMNS; column++) {
                numbers.add(spans.data().getLong((step * SpanRule.COLUMNS + column) * Long.BYTES));
            }
            steps.add(numbers);
        }
        return steps;
    }

    private static TokenSequence filled(int length, int attended) {
        return TokenSequence.expanded(new int[length], attended);
    }

    @Test
    void spans_textsOfOneLength_shareAStep() {
        RaggedBatch batch = new RaggedBatch(List.of(filled(3, 3), filled(2, 2), filled(3, 3)));
        assertThat(steps(batch, new SpanRule("spans", ALL, ALL, ALL)))
                .containsExactly(List.of(0L, 2L, 0L, 2L, 2L, 2L, 0L), List.of(2L, 8L, 2L, 8L, 3L, 3L, 0L));
    }

    @Test
    void spans_tokensThatFillUp_askButAreNotLookedAt() {
        RaggedBatch batch = new RaggedBatch(List.of(filled(4, 3), filled(4, 4)));
        assertThat(steps(batch, new SpanRule("spans", ALL, ALL, ALL)))
                .containsExactly(List.of(0L, 4L, 0L, 3L, 4L, 3L, 0L), List.of(4L, 8L, 4L, 8L, 4L, 4L, 0L));
    }

    @Test
    void spans_tokensThatFillUpBeyondAWindow_lookAtTheLastThatIsLookedAt() {
        RaggedBatch batch = new RaggedBatch(List.of(filled(6, 2)));
        List<List<Long>> steps = steps(batch, new SpanRule("spans", 2, 1, 1));
        assertThat(steps).hasSize(3);
        assertThat(steps.getLast().subList(0, 4)).containsExactly(4L, 6L, 1L, 2L);
        assertThat(steps).allSatisfy(step -> assertThat(step.get(5)).isPositive());
    }

    @Test
    void types_pairs_areToldApart() {
        RaggedBatch batch =
                new RaggedBatch(List.of(TokenSequence.pair(new int[4], 1), TokenSequence.pair(new int[2], 2)));
        List<Long> types = new ArrayList<>();
        Tensor tensor = batch.types();
        for (int i = 0; i < 6; i++) {
            types.add(tensor.data().getLong(i * Long.BYTES));
        }
        assertThat(types).containsExactly(0L, 0L, 0L, 1L, 1L, 1L);
    }
}
