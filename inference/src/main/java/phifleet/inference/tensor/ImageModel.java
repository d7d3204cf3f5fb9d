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

/**
 * A model of tensors whose only input is an image.
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

    /** The name of the input. */
    public String input() {
        return signature().inputs().getFirst().name();
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
