package phifleet.inference.vision.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;

class DetectionsTest {
    private static final Placement WHOLE = new Placement(640, 640, 1, 1, 0, 0, 640, 640);

    @Test
    void of_yolov8_readsCentresAndTheBestClass() throws ModelException {
        // Two boxes of three classes, the second too unlikely.
        Tensor output = Tensor.of(
                List.of(1L, 7L, 2L), 100f, 50f, 80f, 50f, 40f, 10f, 20f, 10f, 0.1f, 0.2f, 0.9f, 0.3f, 0.2f, 0.4f);

        List<Detection> found = detect(new YoloV8Head("o", false), Map.of("o", output));

        assertThat(found).containsExactly(new Detection(1, 0.9f, new Box(80, 70, 120, 90)));
    }

    @Test
    void of_yolov8Transposed_isTheSame() throws ModelException {
        Tensor output = Tensor.of(List.of(1L, 6L), 100f, 80f, 40f, 20f, 0.1f, 0.9f);

        assertThat(detect(new YoloV8Head("o", true), Map.of("o", output)))
                .containsExactly(new Detection(1, 0.9f, new Box(80, 70, 120, 90)));
    }

    @Test
    void of_yolov5_multipliesThingAndClass() throws ModelException {
        Tensor output = Tensor.of(
                List.of(2L, 7L), 100f, 80f, 40f, 20f, 0.8f, 0.1f, 0.75f, 100f, 80f, 40f, 20f, 0.5f, 0.1f, 0.9f);

        List<Detection> found = detect(new YoloV5Head("o"), Map.of("o", output));

        assertThat(found).hasSize(1);
        assertThat(found.getFirst().index()).isEqualTo(1);
        assertThat(found.getFirst().score()).isCloseTo(0.6f, within(1e-6f));
    }

    @Test
    void of_yolox_addsTheGridAndUndoesLogarithms() throws ModelException {
        // An input of 64 x 32 has 8 x 4, 4 x 2 and 2 x 1 cells. One box in each size of cell.
        float[] values = new float[(32 + 8 + 2) * 6];
        put(values, 8 + 3, 0.5f, 0.25f, (float) Math.log(2), (float) Math.log(1), 1, 0.9f);
        put(values, 32 + 4 + 2, 0.5f, 0.5f, (float) Math.log(1), (float) Math.log(2), 1, 0.8f);
        put(values, 32 + 8 + 1, 0.5f, 0.5f, 0, 0, 1, 0.7f);

        List<Detection> found =
                detect(new YoloxHead("o"), Map.of("o", Tensor.of(List.of(1L, 42L, 6L), values)), 64, 32);

        assertThat(found).extracting(Detection::score).containsExactly(0.9f, 0.8f, 0.7f);
        // Cell 3, 1 of 8 pixels; cell 2, 1 of 16; cell 1, 0 of 32.
        assertBox(found.get(0).box(), 20, 6, 36, 14);
        assertBox(found.get(1).box(), 32, 8, 48, 40);
        assertBox(found.get(2).box(), 32, 0, 64, 32);
    }

    @Test
    void of_ssd_readsSharesOrPixelsAndSkipsBackground() throws ModelException {
        Tensor scores = Tensor.of(List.of(1L, 2L, 2L), 0.1f, 0.9f, 0.95f, 0.05f);
        Tensor shares = Tensor.of(List.of(1L, 2L, 4L), 0.25f, 0.5f, 0.5f, 1f, 0f, 0f, 1f, 1f);
        Tensor pixels = Tensor.of(List.of(1L, 2L, 4L), 80f, 120f, 160f, 240f, 0f, 0f, 320f, 240f);
        SsdHead head = new SsdHead("boxes", "scores", true);

        assertThat(detect(head, Map.of("boxes", shares, "scores", scores), 320, 240))
                .containsExactly(new Detection(0, 0.9f, new Box(80, 120, 160, 240)))
                .isEqualTo(detect(head, Map.of("boxes", pixels, "scores", scores), 320, 240));
        // The next image may have another size.
        assertThat(detect(head, Map.of("boxes", shares, "scores", scores), 640, 120))
                .containsExactly(new Detection(0, 0.9f, new Box(160, 60, 320, 120)));
    }

    @Test
    void of_endToEnd_keepsBoxesUponEachOther() throws ModelException {
        Tensor output = Tensor.of(
                List.of(1L, 3L, 6L), 0f, 0f, 9f, 9f, 0.9f, 2f, 0f, 0f, 9f, 9f, 0.8f, 2f, 0f, 0f, 0f, 0f, 0f, 0f);

        assertThat(detect(new EndToEndHead("o"), Map.of("o", output)))
                .containsExactly(
                        new Detection(2, 0.9f, new Box(0, 0, 9, 9)), new Detection(2, 0.8f, new Box(0, 0, 9, 9)));
    }

    @Test
    void of_boxesLabelsScores_readsWholeNumbersAsLabels() throws ModelException {
        Map<String, Tensor> outputs = Map.of(
                "boxes", Tensor.of(List.of(1L, 4L), 3f, 4f, 30f, 40f),
                "labels", Tensor.of(List.of(1L), 17L),
                "scores", Tensor.of(List.of(1L), 0.7f));

        assertThat(detect(new BoxesLabelsScoresHead("boxes", "labels", "scores"), outputs))
                .containsExactly(new Detection(17, 0.7f, new Box(3, 4, 30, 40)));
    }

    @Test
    void of_boxesUponEachOther_keepsTheLikelierOfEachClass() throws ModelException {
        // The second covers 0.6 of the union with the first, the third is of another class, the fourth lies apart.
        Tensor output = Tensor.of(List.of(4L, 6L), new float[] {
            50, 50, 100, 100, 0.9f, 0, 75, 50, 100, 100, 0.8f, 0, 50, 50, 100, 100, 0, 0.7f, 250, 50, 100, 100, 0.6f, 0
        });
        YoloV8Head head = new YoloV8Head("o", true);

        assertThat(detect(head, Map.of("o", output)))
                .extracting(Detection::score)
                .containsExactly(0.9f, 0.7f, 0.6f);
        assertThat(Detections.of(head, Map.of("o", output), WHOLE, new DetectionOptions(0.5, 0.61, 300)))
                .hasSize(4);
        assertThat(Detections.of(head, Map.of("o", output), WHOLE, new DetectionOptions(0.5, 0.45, 2)))
                .extracting(Detection::score)
                .containsExactly(0.9f, 0.7f);
    }

    @Test
    void of_letterboxedImage_isInItsPixelsAndMayReachPastTheEdge() throws ModelException {
        Tensor output = Tensor.of(List.of(1L, 5L), 320f, 320f, 700f, 100f, 0.9f);

        List<Detection> found = Detections.of(
                new YoloV8Head("o", true),
                Map.of("o", output),
                new Placement(1280, 640, 0.5, 0.5, 0, 160, 640, 640),
                DetectionOptions.DEFAULT);

        assertBox(found.getFirst().box(), -60, 220, 1340, 420);
        assertBox(found.getFirst().box().within(1280, 640), 0, 220, 1280, 420);
    }

    @Test
    void of_numbersThatAreNone_areNoBoxes() throws ModelException {
        Tensor output = Tensor.of(List.of(2L, 5L), 1f, Float.NaN, 1f, 1f, 0.9f, 1f, 1f, 1f, 1f, Float.NaN);

        assertThat(Detections.of(
                        new YoloV8Head("o", true), Map.of("o", output), WHOLE, new DetectionOptions(0, 0.45, 300)))
                .isEmpty();
    }

    @Test
    void of_otherShapesThanTheHeads_areTheModelsFault() {
        assertThatThrownBy(() -> detect(new YoloV8Head("o", false), Map.of("p", Tensor.of(List.of(1L), 1f))))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no output o, only [p]");
        assertThatThrownBy(() -> detect(new EndToEndHead("o"), Map.of("o", Tensor.of(List.of(1L, 2L), 1f, 2f))))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("fewer than 6 columns");
        assertThatThrownBy(() ->
                        detect(new YoloxHead("o"), Map.of("o", Tensor.of(List.of(1L, 6L), new float[6])), 64, 64))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("84 cells");
    }

    @Test
    void options_outOfBounds_areNamed() {
        assertThatThrownBy(() -> new DetectionOptions(1.5, 0.5, 1))
                .hasMessageContaining("threshold must be 0 to 1, not 1.5");
        assertThatThrownBy(() -> new DetectionOptions(0.5, Double.NaN, 1)).hasMessageContaining("iou");
        assertThatThrownBy(() -> new DetectionOptions(0.5, 0.5, 0)).hasMessageContaining("at least 1");
    }

    private static List<Detection> detect(Head head, Map<String, Tensor> outputs) throws ModelException {
        return Detections.of(head, outputs, WHOLE, DetectionOptions.DEFAULT);
    }

    private static List<Detection> detect(Head head, Map<String, Tensor> outputs, int width, int height)
            throws ModelException {
        return Detections.of(
                head, outputs, new Placement(width, height, 1, 1, 0, 0, width, height), DetectionOptions.DEFAULT);
    }

    private static void put(float[] values, int row, float... box) {
        System.arraycopy(box, 0, values, row * box.length, box.length);
    }

    private static void assertBox(Box box, double x1, double y1, double x2, double y2) {
        assertThat(box.x1()).isCloseTo(x1, within(1e-4));
        assertThat(box.y1()).isCloseTo(y1, within(1e-4));
        assertThat(box.x2()).isCloseTo(x2, within(1e-4));
        assertThat(box.y2()).isCloseTo(y2, within(1e-4));
    }
}
