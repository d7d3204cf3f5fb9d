package phifleet.inference.vision.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;
import phifleet.inference.vision.output.Classification.Prediction;

class ClassificationTest {
    @Test
    void top_logits_becomeProbabilities() throws ModelException {
        List<Prediction> top = Classification.top(Tensor.of(List.of(1L, 3L), 1f, 1000f, 999f), 2, 0);

        assertThat(top).extracting(Prediction::index).containsExactly(1, 2);
        assertThat(top.getFirst().score()).isCloseTo(0.7310586f, within(1e-6f));
    }

    @Test
    void top_probabilities_stayAsTheyAre() throws ModelException {
        List<Prediction> top = Classification.top(Tensor.of(List.of(3L), 0.2f, 0.3f, 0.4995f), 5, 0.25);

        assertThat(top).containsExactly(new Prediction(2, 0.4995f), new Prediction(1, 0.3f));
    }

    @Test
    void top_sumOfOneWithANegativeValue_isNoProbability() throws ModelException {
        assertThat(Classification.top(Tensor.of(List.of(2L), -1f, 2f), 1, 0)
                        .getFirst()
                        .score())
                .isCloseTo(0.9525741f, within(1e-6f));
    }

    @Test
    void top_equalScores_goByIndex() throws ModelException {
        assertThat(Classification.top(Tensor.of(List.of(4L), 1f, 1f, 1f, 1f), 3, 0))
                .extracting(Prediction::index)
                .containsExactly(0, 1, 2);
    }

    @Test
    void top_halfFloats_areRead() throws ModelException {
        var data = Tensor.allocate(ElementType.FP16, List.of(2L));
        data.putShort(0, Float.floatToFloat16(0.25f)).putShort(2, Float.floatToFloat16(0.75f));

        assertThat(Classification.top(Tensor.of(ElementType.FP16, List.of(2L), data), 1, 0))
                .containsExactly(new Prediction(1, 0.75f));
    }

    @Test
    void top_notANumber_isTheModelsFault() {
        assertThatThrownBy(() -> Classification.top(Tensor.of(List.of(2L), 1f, Float.NaN), 1, 0))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("score 1 is NaN");
        assertThatThrownBy(() -> Classification.top(Tensor.ofStrings(List.of(1L), List.of("a")), 1, 0))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("STRING");
    }
}
