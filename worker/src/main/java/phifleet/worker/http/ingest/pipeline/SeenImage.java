package phifleet.worker.http.ingest.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.TensorSet;
import phifleet.inference.model.Vector;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.tensor.ImageReading;
import phifleet.inference.vision.output.Box;
import phifleet.inference.vision.output.Detection;
import phifleet.inference.vision.output.DetectionOptions;
import phifleet.inference.vision.output.Detections;
import phifleet.inference.vision.output.Placement;
import phifleet.worker.http.tensor.TensorNumbers;
import phifleet.worker.index.Detected;

/** What models made of an image. */
final class SeenImage {
    private SeenImage() {}

    static Vector vector(ImageModel encoder, TensorSet outputs) throws ModelException {
        if (!(encoder.reading() instanceof ImageReading.OneVector(String output, boolean normalize))) {
            throw new ModelException(encoder.description().id() + " gives no vector");
        }
        double[] numbers = TensorNumbers.of(Objects.requireNonNull(outputs.get(output)));
        float[] values = new float[numbers.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) numbers[i];
        }
        return new Vector(values).finite();
    }

    /** @param placement where the image lay in the detector's input */
    static List<Detected> detections(
            @Nullable ImageModel detector, TensorSet outputs, Placement placement, DetectionOptions options)
            throws ModelException {
        if (detector == null || !(detector.reading() instanceof ImageReading.Boxes(var head))) {
            return List.of();
        }
        List<String> labels = detector.description().task().labels();
        List<Detected> found = new ArrayList<>();
        for (Detection detection : Detections.of(head, outputs.tensors(), placement, options)) {
            int index = detection.index();
            Box box = detection.box();
            found.add(new Detected(
                    index < labels.size() ? labels.get(index) : Integer.toString(index),
                    detection.score(),
                    (float) box.x1(),
                    (float) box.y1(),
                    (float) box.x2(),
                    (float) box.y2()));
        }
        return found;
    }
}
