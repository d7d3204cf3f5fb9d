package phifleet.inference.tensor;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.LaneState;
import phifleet.inference.lane.LaneStatistics;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.Preprocessing;
import phifleet.inference.model.Signature;
import phifleet.inference.model.TensorSet;
import phifleet.inference.vision.ImagePreparation;
import phifleet.inference.vision.ImagePreparation.Prepared;
import phifleet.inference.vision.decode.Image;
import phifleet.inference.vision.decode.ImageException;
import phifleet.inference.vision.output.Placement;

/**
 * A model of tensors whose input is an image, and perhaps a mask of its pixels.
 *
 * @param preprocessing the way from an image to that input
 * @param reading what the outputs mean
 * @param checksum of its files and of the preprocessing, by which what it made is told from what another did; empty where nobody asks
 */
public record ImageModel(TensorModel tensors, Preprocessing preprocessing, ImageReading reading, String checksum)
        implements TensorModel {

    /** One whose answers nobody keeps. */
    public ImageModel(TensorModel tensors, Preprocessing preprocessing, ImageReading reading) {
        this(tensors, preprocessing, reading, "");
    }

    /** The same with a checksum. */
    public ImageModel with(String sum) {
        return new ImageModel(tensors, preprocessing, reading, sum);
    }

    /**
     * An image as the model takes it.
     *
     * @param placement where it lies in there, by which boxes find back
     */
    public record Given(TensorSet tensors, Placement placement) {}

    /**
     * Makes the inputs of an image, on the calling thread.
     *
     * @throws ImageException if it cannot get the size that the model takes
     */
    public Given prepare(Image image) throws ImageException {
        Prepared prepared = ImagePreparation.prepare(preprocessing, image);
        ImageInputs inputs = ImageInputs.of(signature().inputs()).orElseThrow();
        return new Given(inputs.tensors(prepared), inputs.placement(prepared));
    }

    @Override
    public ModelDescription description() {
        return tensors.description();
    }

    @Override
    public Signature signature() {
        return tensors.signature();
    }

    @Override
    public int maxRows() {
        return tensors.maxRows();
    }

    @Override
    public LaneState lane() {
        return tensors.lane();
    }

    @Override
    public LaneStatistics.Totals statistics() {
        return tensors.statistics();
    }

    @Override
    public Admission.@Nullable Overloaded refusal(Priority priority) {
        return tensors.refusal(priority);
    }

    @Override
    public Admission infer(
            List<TensorSet> inputs, Priority priority, long deadlineNanos, Consumer<Outcome<TensorSet>> outcome) {
        return tensors.infer(inputs, priority, deadlineNanos, outcome);
    }
}
