package phifleet.inference.tensor;

import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.LaneState;
import phifleet.inference.lane.LaneStatistics;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.OcrPart;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.vision.ocr.Characters;

/**
 * A model of tensors that does a part of reading the text in images: one input, one output.
 *
 * @param characters that it tells apart; none where it reads nothing
 */
public record OcrModel(TensorModel tensors, OcrPart part, Characters characters) implements TensorModel {

    /** Its input. */
    public TensorSet given(Tensor input) {
        return new TensorSet(Map.of(signature().inputs().getFirst().name(), input));
    }

    /** Its output. */
    public static Tensor found(TensorSet outputs) {
        return outputs.tensors().values().iterator().next();
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
