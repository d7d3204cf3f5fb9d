package phifleet.worker.http.predict;

import java.util.List;
import java.util.Objects;
import phifleet.http.json.JsonOutput;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.TensorSet;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.tensor.ImageReading;
import phifleet.inference.vision.output.Box;
import phifleet.inference.vision.output.Classification;
import phifleet.inference.vision.output.Detection;
import phifleet.inference.vision.output.DetectionOptions;
import phifleet.inference.vision.output.Detections;
import phifleet.inference.vision.output.Placement;

/** Writes what a model saw in an image as Hugging Face's clients read it: a list, of labels or of boxes in whole pixels. */
final class HubPicture {
    private HubPicture() {}

    static JsonOutput of(ImageModel model, TensorSet found, Placement placement, ImageWishes wishes, long startNanos)
            throws ModelException {
        JsonOutput out = new JsonOutput(512).beginList();
        List<String> labels = model.description().task().labels();
        switch (model.reading()) {
            case ImageReading.Classes(String output) -> {
                for (Classification.Prediction seen : Classification.top(
                        Objects.requireNonNull(found.get(output)), wishes.topK(), wishes.threshold(0))) {
                    label(seen.index(), seen.score(), labels, out);
                    out.endObject();
                }
            }
            case ImageReading.Boxes(var head) -> {
                DetectionOptions usual = DetectionOptions.DEFAULT;
                DetectionOptions options =
                        new DetectionOptions(wishes.threshold(usual.threshold()), wishes.iou(), usual.most());
                for (Detection seen : Detections.of(head, found.tensors(), placement, options)) {
                    label(seen.index(), seen.score(), labels, out);
                    box(seen.box(), out);
                    out.endObject();
                }
            }
            case ImageReading.OneVector vector ->
                throw new ModelException(model.description().id() + " sees no things that have names");
        }
        return out.endList();
    }

    private static void label(int index, float score, List<String> labels, JsonOutput out) {
        out.beginObject().member("score").number(score);
        out.member("label").string(index < labels.size() ? labels.get(index) : Integer.toString(index));
    }

    private static void box(Box box, JsonOutput out) {
        out.member("box").beginObject();
        out.member("xmin").number((long) box.x1()).member("ymin").number((long) box.y1());
        out.member("xmax").number((long) box.x2()).member("ymax").number((long) box.y2());
        out.endObject();
    }
}
