package phifleet.inference.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;

class TensorGoldenTest {
    private static final Signature SIGNATURE = new Signature(
            List.of(new Signature.Value("x", ElementType.FP32, List.of(-1L, 2L))),
            List.of(
                    new Signature.Value("y", ElementType.FP32, List.of(-1L, 2L)),
                    new Signature.Value("best", ElementType.INT64, List.of(-1L))));

    @Test
    void verify_knownAnswers_areAllTheSame() throws Exception {
        TensorGolden golden = read("[{'inputs': {'x': [[3, 4]]}, 'outputs': {'y': [[6, 8]], 'best': [1]}},"
                + " {'inputs': {'x': [[3, 4], [2, 1]]}, 'outputs': {'y': [[6, 8], [4, 2]], 'best': [1, 0]}}]");
        assertThat(golden.verify("m", new Twice(2), 0.9999)).isEqualTo(1);
    }

    @Test
    void verify_directionOrLengthDiffers_isLessLike() throws Exception {
        TensorGolden golden = read("[{'inputs': {'x': [[3, 4]]}, 'outputs': {'y': [[6, 8]]}}]");
        // A hundredth too long.
        assertThat(golden.verify("m", new Twice(2.02f), 0.9999)).isCloseTo(1 - 0.01 * 0.01 / 2, within(1e-6));
        assertThatThrownBy(() -> golden.verify("m", new Twice(2.1f), 0.9999))
                .isInstanceOf(ModelException.class)
                .hasMessage("m fails its golden check: the output y of entry 0 in f.json is like the known one by"
                        + " 0.998750 and needs 0.9999");
        assertThatThrownBy(() -> golden.verify("m", new Twice(Float.NaN), 0.9999))
                .hasMessageContaining("fails its golden check");
    }

    @Test
    void verify_wholeNumbers_mustBeTheSame() throws Exception {
        TensorGolden golden = read("[{'inputs': {'x': [[3, 4]]}, 'outputs': {'best': [0]}}]");
        assertThatThrownBy(() -> golden.verify("m", new Twice(2), 0.97))
                .hasMessageContaining("the output best of entry 0")
                .hasMessageContaining("by 0.000000");
    }

    @Test
    void verify_anotherShape_saysBoth() throws Exception {
        TensorGolden golden = read("[{'inputs': {'x': [[3, 4]]}, 'outputs': {'y': [6, 8]}}]");
        assertThatThrownBy(() -> golden.verify("m", new Twice(2), 0.97))
                .hasMessage("m gives FP32 [1, 2] for the output y, but entry 0 of f.json has FP32 [2]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "{ | f.json",
                "[] | f.json has no entries",
                "[{'inputs': {'x': [[1, 2]]}}] | f.json: entry 0 has no outputs",
                "[{'outputs': {'y': [[1, 2]]}}] | f.json: entry 0 has null for the input x, which is FP32 [-1, 2]",
                "[{'inputs': {'x': [[1, 2, 3]]}, 'outputs': {'y': [1]}}] | f.json: entry 0 has FP32 [1, 3] for the input x",
                "[{'inputs': {'z': [1]}}] | f.json: inputs of entry 0: the model has no z, only [x]",
                "[{'inputs': {'x': [[1, 2], [3]]}}] | f.json: inputs of entry 0: x: lists of one level have different lengths",
                "[{'inputs': {'x': [[1, 'a']]}}] | f.json: inputs of entry 0: x: 'a' is no element of FP32",
                "[{'inputs': {'x': [[1, 2]]}, 'outputs': {'best': [1.5]}}] | f.json: outputs of entry 0: best: 1.5 is no element of INT64"
            })
    void read_whatIsNoGolden_saysWhereAndWhy(String json, String message) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining(message.replace('\'', '"'));
    }

    private static TensorGolden read(String json) throws ModelException {
        return TensorGolden.read(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8), "f.json", SIGNATURE);
    }

    /** {@code y} is so many times {@code x}, {@code best} the place of the largest of each row. */
    private record Twice(float factor) implements Model<TensorSet, TensorSet> {
        @Override
        public List<TensorSet> run(List<TensorSet> batch) {
            return batch.stream().map(this::answer).toList();
        }

        private TensorSet answer(TensorSet set) {
            Tensor x = Objects.requireNonNull(set.get("x"));
            float[] values = new float[(int) x.size()];
            long[] best = new long[values.length / 2];
            for (int i = 0; i < values.length; i++) {
                values[i] = factor * (float) x.number(i);
            }
            for (int row = 0; row < best.length; row++) {
                best[row] = x.number(2 * row) < x.number(2 * row + 1) ? 1 : 0;
            }
            return new TensorSet(
                    Map.of("y", Tensor.of(x.shape(), values), "best", Tensor.of(List.of((long) best.length), best)));
        }

        @Override
        public void close() {}
    }
}
