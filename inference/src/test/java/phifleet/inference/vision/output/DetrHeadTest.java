package phifleet.inference.vision.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.Tensor;

class DetrHeadTest {
    private static final Tensor BOXES = Tensor.of(List.of(1L, 2L, 4L), 0.5f, 0.5f, 0.5f, 1f, 0.25f, 0.5f, 0.5f, 0.5f);

    private static Map<String, Tensor> outputs(float... logits) {
        return Map.of("b", BOXES, "l", Tensor.of(List.of(1L, 2L, 3L), logits));
    }

    private static Placement input(int width, int height) {
        return new Placement(width, height, 1, 1, 0, 0, width, height);
    }

    @Test
    void read_imagesOfTwoSizes_areTheirOwnShares() throws Exception {
        DetrHead head = new DetrHead("b", "l", false);
        Map<String, Tensor> outputs = outputs(9, -9, -9, -9, -9, -9);

        assertThat(head.read(outputs, input(80, 40), 0.5).getFirst().box()).isEqualTo(new Box(20, 0, 60, 40));
        assertThat(head.read(outputs, input(30, 60), 0.5).getFirst().box()).isEqualTo(new Box(7.5, 0, 22.5, 60));
    }

    @Test
    void read_lastClassIsNone_takesTheSoftmaxOverAll() throws Exception {
        float two = (float) Math.log(2);
        List<Detection> found = new DetrHead("b", "l", true).read(outputs(0, two, 0, 0, 0, 9), input(80, 40), 0.1);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().index()).isEqualTo(1);
        assertThat(found.getFirst().score()).isCloseTo(0.5f, within(1e-6f));
        assertThat(found.getFirst().box()).isEqualTo(new Box(20, 0, 60, 40));
    }

    @Test
    void read_noClassIsNone_takesASigmoidOfEach() throws Exception {
        List<Detection> found = new DetrHead("b", "l", false).read(outputs(-9, -9, 0, -9, -9, -9), input(80, 40), 0.1);
        assertThat(found).hasSize(1);
        assertThat(found.getFirst().index()).isEqualTo(2);
        assertThat(found.getFirst().score()).isCloseTo(0.5f, within(1e-6f));
    }
}
