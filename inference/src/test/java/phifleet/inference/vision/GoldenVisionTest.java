package phifleet.inference.vision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.FloatBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.inference.engine.onnx.session.OnnxSession;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.engine.onnx.session.SessionSettings;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Preprocessing;
import phifleet.inference.model.Tensor;
import phifleet.inference.testing.SharedFiles;
import phifleet.inference.testing.Workbench;
import phifleet.inference.vision.ImagePreparation.Prepared;
import phifleet.inference.vision.decode.ImageDecoder;
import phifleet.inference.vision.decode.ImageLimits;
import phifleet.inference.vision.output.Classification;
import phifleet.inference.vision.output.Classification.Prediction;
import phifleet.inference.vision.output.Detection;
import phifleet.inference.vision.output.DetectionOptions;
import phifleet.inference.vision.output.Detections;
import phifleet.inference.vision.output.Head;
import phifleet.inference.vision.output.Heads;
import phifleet.inference.vision.output.Labels;

/**
 * Real photos through real models, against what Python, Pillow and ONNX Runtime made of them. Decoders and resampling give the
 * same samples, so what is left is the rounding of the golden file.
 */
class GoldenVisionTest {
    /** Of probabilities, which have 4 digits there, and of entries of vectors of length one, which have 5. */
    private static final double EXACT = 0.0001;

    /** Of a detector's scores, which have 3. */
    private static final double SCORE = 0.0006;

    /** Of boxes, which are cut to whole numbers. */
    private static final double PIXELS = 1.01;

    private static final ImageDecoder DECODER = new ImageDecoder(ImageLimits.DEFAULT);

    @BeforeAll
    static void engine() {
        assertThat(Workbench.engines()).isNotNull();
    }

    @Test
    void classifier_photos_haveTheGoldenFirstFive() throws Exception {
        JsonNode golden = golden("classifier").path("top5");
        List<String> labels = Labels.builtIn("imagenet-1k").orElseThrow();
        try (OnnxSession session = open("mobilenet_v2_fp32.onnx")) {
            for (Map.Entry<String, JsonNode> photo : golden.properties()) {
                if (!isHere(photo.getKey())) {
                    continue;
                }
                Tensor output = run(session, prepare(photo.getKey(), Preprocessings.IMAGENET))
                        .get("logits");
                List<Prediction> top = Classification.top(Objects.requireNonNull(output), 5, 0);
                for (int i = 0; i < 5; i++) {
                    JsonNode expected = photo.getValue().get(i);
                    Prediction found = top.get(i);
                    assertThat(found.index())
                            .as("%s %s", photo.getKey(), top)
                            .isEqualTo(expected.get(0).intValue());
                    assertThat(labels.get(found.index()))
                            .isEqualToIgnoringCase(expected.get(1).textValue().replace('_', ' '));
                    assertThat((double) found.score())
                            .as("%s %s", photo.getKey(), top)
                            .isCloseTo(expected.get(2).doubleValue(), within(EXACT));
                }
            }
        }
    }

    @Test
    void detector_photos_haveTheGoldenBoxes() throws Exception {
        JsonNode golden = golden("detector").path("detections");
        List<String> labels = Labels.builtIn("coco-80").orElseThrow();
        try (OnnxSession session = open("yolox_nano_640_v8head.onnx")) {
            for (Map.Entry<String, JsonNode> photo : golden.properties()) {
                if (!isHere(photo.getKey())) {
                    continue;
                }
                Prepared prepared = prepare(photo.getKey(), Preprocessings.yolo(640, 640));
                Map<String, Tensor> outputs = run(session, prepared);
                Map<String, List<Long>> shapes = new HashMap<>();
                outputs.forEach((name, output) -> shapes.put(name, output.shape()));
                Head head = Heads.find(shapes, labels.size(), 640, 640);

                List<Detection> found = Detections.of(head, outputs, prepared.placement(), DetectionOptions.DEFAULT);

                assertThat(head.label()).isEqualTo("yolov8");
                assertThat(found).as(photo.getKey()).hasSize(photo.getValue().size());
                for (int i = 0; i < found.size(); i++) {
                    assertLike(
                            photo.getKey(),
                            found.get(i),
                            labels,
                            photo.getValue().get(i));
                }
            }
        }
    }

    private static void assertLike(String photo, Detection found, List<String> labels, JsonNode expected) {
        assertThat(labels.get(found.index()))
                .isEqualTo(expected.path("cls").textValue().replace('_', ' '));
        assertThat((double) found.score())
                .as(photo)
                .isCloseTo(expected.path("conf").doubleValue(), within(SCORE));
        JsonNode box = expected.path("box");
        assertThat(found.box().x1()).as(photo).isCloseTo(box.get(0).doubleValue(), within(PIXELS));
        assertThat(found.box().y1()).as(photo).isCloseTo(box.get(1).doubleValue(), within(PIXELS));
        assertThat(found.box().x2()).as(photo).isCloseTo(box.get(2).doubleValue(), within(PIXELS));
        assertThat(found.box().y2()).as(photo).isCloseTo(box.get(3).doubleValue(), within(PIXELS));
    }

    @ParameterizedTest
    @ValueSource(strings = {"squeezenet1_1_embed512_256", "mobilenet_v2_pca512_256"})
    void encoder_photos_haveTheGoldenVectors(String model) throws Exception {
        JsonNode golden = golden(model);
        Map<String, float[]> vectors = new HashMap<>();
        try (OnnxSession session = open(model + ".onnx")) {
            for (Map.Entry<String, JsonNode> photo : golden.path("first8").properties()) {
                if (!isHere(photo.getKey())) {
                    continue;
                }
                float[] vector = vector(only(run(session, prepare(photo.getKey(), Preprocessings.UNIT))));
                vectors.put(photo.getKey(), vector);
                for (int i = 0; i < 8; i++) {
                    assertThat((double) vector[i])
                            .as("%s %s", photo.getKey(), i)
                            .isCloseTo(photo.getValue().get(i).doubleValue(), within(EXACT));
                }
            }
        }
        assertThat(cosine(
                        vectors.getOrDefault("dog_bike_truck.jpg", new float[0]),
                        vectors.getOrDefault("coffee.jpg", new float[0])))
                .isCloseTo(golden.path("cos_dog_vs_coffee").doubleValue(), within(EXACT));
    }

    private static float[] vector(Tensor output) {
        FloatBuffer buffer = output.floats();
        float[] vector = new float[buffer.remaining()];
        buffer.get(vector);
        double length = Math.sqrt(cosine(vector, vector));
        for (int i = 0; i < vector.length; i++) {
            vector[i] /= (float) length;
        }
        return vector;
    }

    private static double cosine(float[] one, float[] other) {
        double sum = 0;
        for (int i = 0; i < one.length; i++) {
            sum += (double) one[i] * other[i];
        }
        return sum;
    }

    private static JsonNode golden(String part) throws Exception {
        return new ObjectMapper()
                .readTree(SharedFiles.file("data/golden-vision.json").toFile())
                .path(part);
    }

    /** Some of the photos that were measured may not be handed on. */
    private static boolean isHere(String photo) {
        return Files.exists(SharedFiles.file("data/photos").resolve(photo));
    }

    private static Prepared prepare(String photo, Preprocessing preprocessing) throws Exception {
        Path file = SharedFiles.file("data/photos/" + photo);
        return ImagePreparation.prepare(preprocessing, DECODER.decode(Files.readAllBytes(file)));
    }

    private static OnnxSession open(String model) throws ModelException {
        return OnnxSession.open(SharedFiles.file("models/" + model), SessionSettings.on(Provider.PLAIN_CPU));
    }

    private static Map<String, Tensor> run(OnnxSession session, Prepared prepared) throws ModelException {
        return session.run(
                Map.of(session.inputs().getFirst().name(), prepared.tensor()),
                session.outputs().stream().map(OnnxSession.Value::name).toList());
    }

    private static Tensor only(Map<String, Tensor> outputs) {
        assertThat(outputs).hasSize(1);
        return outputs.values().iterator().next();
    }
}
