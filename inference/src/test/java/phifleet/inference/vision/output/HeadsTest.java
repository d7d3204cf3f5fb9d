package phifleet.inference.vision.output;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.model.ModelException;

class HeadsTest {
    private static final int SIDE = 640;

    @ParameterizedTest
    @CsvSource({
        "84, 8400, 80, yolov8",
        "84, 8400, 0, yolov8",
        "8400, 84, 80, yolov8",
        "8400, 85, 80, yolox",
        "25200, 85, 80, yolov5",
        "25200, 85, 0, yolov5",
        "300, 6, 80, end-to-end",
        "300, 6, 0, end-to-end"
    })
    void find_oneOutput_isToldByItsShape(long rows, long columns, int labels, String name) throws ModelException {
        assertThat(find(Map.of("output0", List.of(1L, rows, columns)), labels).label())
                .isEqualTo(name);
        assertThat(find(Map.of("output0", List.of(rows, columns)), labels).label())
                .isEqualTo(name);
    }

    @Test
    void find_twoHeadsFit_areNamedWithTheSetting() {
        assertThatThrownBy(() -> find(Map.of("o", List.of(8400L, 85L)), 0))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("[yolov8, yolox]")
                .hasMessageContaining("set `head`");
        assertThatThrownBy(() -> find(Map.of("o", List.of(8400L, 6L)), 1)).hasMessageContaining("[yolox, end-to-end]");
    }

    @Test
    void find_noHeadFits_namesThemAll() {
        assertThatThrownBy(() -> find(Map.of("o", List.of(1L, 85L, 22L, 22L)), 80))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("[1, 85, 22, 22]")
                .hasMessageContaining("yolov8, yolov5, yolox, ssd, detr, rt-detr, end-to-end");
        assertThatThrownBy(() -> find(Map.of("o", List.of(116L, 8400L)), 80)).hasMessageContaining("80 labels");
    }

    @Test
    void find_boxesAndScores_isSsdWithOrWithoutBackground() throws ModelException {
        Map<String, List<Long>> ultraface = shapes("scores", List.of(1L, 4420L, 2L), "boxes", List.of(1L, 4420L, 4L));

        assertThat(find(ultraface, 1)).isEqualTo(new SsdHead("boxes", "scores", true));
        assertThat(find(ultraface, 2)).isEqualTo(new SsdHead("boxes", "scores", false));
        assertThat(find(shapes("a_scores", List.of(9L, 4L), "the_boxes", List.of(9L, 4L)), 4))
                .isEqualTo(new SsdHead("the_boxes", "a_scores", false));
        assertThatThrownBy(() -> find(ultraface, 80)).hasMessageContaining("head");
    }

    @Test
    void find_logitsAndBoxes_isDetrByWhetherAClassIsNone() throws ModelException {
        Map<String, List<Long>> outputs = shapes("logits", List.of(1L, 100L, 92L), "pred_boxes", List.of(1L, 100L, 4L));

        assertThat(find(outputs, 91)).isEqualTo(new DetrHead("pred_boxes", "logits", true));
        assertThat(find(outputs, 92)).isEqualTo(new DetrHead("pred_boxes", "logits", false));
        assertThat(Heads.named("rt-detr", outputs, 0, SIDE, SIDE).label()).isEqualTo("rt-detr");
        assertThatThrownBy(() -> find(outputs, 0)).hasMessageContaining("[detr, rt-detr]");
        assertThatThrownBy(() -> find(outputs, 80)).hasMessageContaining("80 labels");
        // Three labels and none: both outputs have four columns.
        assertThat(find(shapes("logits", List.of(1L, 6L, 4L), "pred_boxes", List.of(1L, 6L, 4L)), 3))
                .isEqualTo(new DetrHead("pred_boxes", "logits", true));
    }

    @Test
    void named_otherNumberOfLabels_isRefused() {
        assertThatThrownBy(() -> Heads.named("yolox", Map.of("o", List.of(1L, 8400L, 85L)), 3, SIDE, SIDE))
                .hasMessageContaining("a head yolox does not give outputs")
                .hasMessageContaining("for 3 labels");
        assertThatThrownBy(() -> Heads.named("yolov8", Map.of("o", List.of(1L, 84L, 8400L)), 3, SIDE, SIDE))
                .hasMessageContaining("for 3 labels");
    }

    @Test
    void find_boxesLabelsScores_isEndToEnd() throws ModelException {
        Map<String, List<Long>> outputs = shapes("boxes", List.of(7L, 4L), "labels", List.of(7L));
        outputs.put("scores", List.of(7L));

        assertThat(find(outputs, 91)).isEqualTo(new BoxesLabelsScoresHead("boxes", "labels", "scores"));
    }

    @Test
    void named_decidesWhatShapesDoNot() throws ModelException {
        Map<String, List<Long>> outputs = Map.of("o", List.of(1L, 8400L, 85L));

        assertThat(Heads.named("yolox", outputs, 0, SIDE, SIDE)).isEqualTo(new YoloxHead("o"));
        assertThat(Heads.named("yolov5", outputs, 0, SIDE, SIDE)).isEqualTo(new YoloV5Head("o"));
        assertThat(Heads.named("yolov8", outputs, 0, SIDE, SIDE)).isEqualTo(new YoloV8Head("o", true));
        assertThatThrownBy(() -> Heads.named("end-to-end", outputs, 0, SIDE, SIDE))
                .hasMessageContaining("end-to-end does not give");
        assertThatThrownBy(() -> Heads.named("yolo", outputs, 0, SIDE, SIDE))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("must be one of [yolov8");
    }

    private static Head find(Map<String, List<Long>> shapes, int labels) throws ModelException {
        return Heads.find(shapes, labels, SIDE, SIDE);
    }

    private static Map<String, List<Long>> shapes(String one, List<Long> first, String other, List<Long> second) {
        Map<String, List<Long>> shapes = new LinkedHashMap<>();
        shapes.put(one, first);
        shapes.put(other, second);
        return shapes;
    }
}
