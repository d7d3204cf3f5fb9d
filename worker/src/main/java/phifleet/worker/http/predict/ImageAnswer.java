package phifleet.worker.http.predict;

import java.util.List;
import java.util.Objects;
import phifleet.http.json.JsonOutput;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.TensorSet;
import phifleet.inference.model.Vector;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.tensor.ImageReading;
import phifleet.inference.text.Embeddings;
import phifleet.inference.vision.output.Box;
import phifleet.inference.vision.output.Classification;
import phifleet.inference.vision.output.Detection;
import phifleet.inference.vision.output.DetectionOptions;
import phifleet.inference.vision.output.Detections;
import phifleet.inference.vision.output.Placement;

/** Writes what a model saw in an image. */
final class ImageAnswer {
    private ImageAnswer() {}

    /**
     * The whole answer.
     *
     * @throws ModelException if the model's outputs are not what its task gives
     */
    static JsonOutput of(ImageModel model, TensorSet found, Placement placement, ImageWishes wishes, long startNanos)
            throws ModelException {
        JsonOutput out = new JsonOutput(1024).beginObject();
        out.member("model").string(model.description().id());
        List<String> labels = model.description().task().labels();
        switch (model.reading()) {
            case ImageReading.Classes(String output) -> {
                out.member("predictions").beginList();
                for (Classification.Prediction prediction : Classification.top(
                        Objects.requireNonNull(found.get(output)), wishes.topK(), wishes.threshold(0))) {
                    out.beginObject();
                    label(prediction.index(), prediction.score(), labels, out);
                    out.endObject();
                }
                out.endList();
            }
            case ImageReading.Boxes(var head) -> {
                DetectionOptions usual = DetectionOptions.DEFAULT;
                DetectionOptions options =
                        new DetectionOptions(wishes.threshold(usual.threshold()), wishes.iou(), usual.most());
                out.member("detections").beginList();
                for (Detection detection : Detections.of(head, found.tensors(), placement, options)) {
                    out.beginObject();
                    label(detection.index(), detection.score(), labels, out);
                    box(detection.box(), out);
                    out.endObject();
                }
                out.endList();
            }
            case ImageReading.OneVector vector -> out.member("embedding").numbers(embedding(vector, found));
        }
        out.member("width").number(placement.width()).member("height").number(placement.height());
        return out.member("processing_time_ms")
                .millis(System.nanoTime() - startNanos)
                .endObject();
    }

    private static void label(int index, float score, List<String> labels, JsonOutput out) {
        out.member("label").string(index < labels.size() ? labels.get(index) : Integer.toString(index));
        out.member("index").number(index).member("score").number(score);
    }

    private static void box(Box box, JsonOutput out) {
        out.member("box").numbers(new float[] {(float) box.x1(), (float) box.y1(), (float) box.x2(), (float) box.y2()});
    }

    private static float[] embedding(ImageReading.OneVector reading, TensorSet found) throws ModelException {
        Vector vector = reading.of(found);
        return Embeddings.finish(vector, vector.dimension(), reading.normalize())
                .values();
    }
}
