package phifleet.inference.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Task;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.vision.Preprocessings;

class ImageReadingTest {
    private static final TensorSet FIVE =
            new TensorSet(Map.of("logits", Tensor.of(List.of(1L, 5L), 1f, 2f, 3f, 4f, 5f)));

    private static ImageReading read(int labels, @Nullable String output) throws ModelException {
        List<String> names = List.of("a", "b", "c", "d", "e", "f").subList(0, labels);
        return ImageReading.of(new Task.ImageClassification(Preprocessings.IMAGENET, names, output), FIVE, 224, 224);
    }

    @Test
    void of_asManyLabelsAsScores_isRead() throws Exception {
        assertThat(read(5, null)).isEqualTo(new ImageReading.Classes("logits"));
        assertThat(read(5, "logits")).isEqualTo(new ImageReading.Classes("logits"));
        assertThat(read(0, null)).isEqualTo(new ImageReading.Classes("logits"));
    }

    @Test
    void of_anotherNumberOfLabels_saysBoth() {
        for (int labels : new int[] {3, 6}) {
            assertThatThrownBy(() -> read(labels, null))
                    .isInstanceOf(ModelException.class)
                    .hasMessage("output logits tells 5 things apart, and there are " + labels
                            + " labels: give labels: with a line for each");
            assertThatThrownBy(() -> read(labels, "logits")).hasMessageContaining("there are " + labels + " labels");
        }
    }
}
