package phifleet.inference.paired;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.LaneState;
import phifleet.inference.lane.LaneStatistics;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.MatchScores;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Task;
import phifleet.inference.model.TensorSet;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.tensor.ImageReading;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.SentenceEncoder;
import phifleet.inference.text.TextInput;

/**
 * Two encoders whose vectors lie in one space. For whoever has texts alone it is an encoder of texts; images go to {@link #images}, whose
 * lane is another. Thread-safe.
 */
public record TextImageEncoder(
        ModelDescription description, Task.TextImageEncoding encoding, SentenceEncoder texts, ImageModel images)
        implements SentenceEncoder {

    /**
     * Makes one of two.
     *
     * @throws ModelException if their vectors cannot be compared, as far as the graphs say how long these are
     */
    public static TextImageEncoder of(Task.TextImageEncoding encoding, SentenceEncoder texts, ImageModel images)
            throws ModelException {
        ModelDescription found = texts.description();
        long width = images.signature().outputs().stream()
                .filter(output -> images.reading() instanceof ImageReading.OneVector vector
                        && output.name().equals(vector.output()))
                .mapToLong(output -> output.shape().getLast())
                .findFirst()
                .orElse(-1);
        if (width >= 0 && width != texts.dimension()) {
            throw new ModelException(found.id() + ": texts get vectors of " + texts.dimension()
                    + " numbers and images of " + width + ", which lie in no one space");
        }
        return new TextImageEncoder(found.as(encoding), encoding, texts, images);
    }

    /** What scores are made of; null where nobody knows it. */
    public @Nullable MatchScores match() {
        return encoding.match();
    }

    /**
     * The vector of an image, as its network gave it: not scaled.
     *
     * @throws ModelException if it is none that could be compared
     */
    public Vector vector(TensorSet found) throws ModelException {
        if (!(images.reading() instanceof ImageReading.OneVector one)) {
            throw new IllegalStateException(description.id() + " gives no vector an image");
        }
        Vector vector = one.of(found);
        if (vector.dimension() != dimension()) {
            throw new ModelException("an image got " + vector.dimension() + " numbers, and a text gets " + dimension());
        }
        return vector;
    }

    @Override
    public LaneState lane() {
        return texts.lane();
    }

    @Override
    public List<LaneState> lanes() {
        return List.of(texts.lane(), images.lane());
    }

    @Override
    public LaneStatistics.Totals statistics() {
        return texts.statistics().and(images.statistics());
    }

    @Override
    public Admission.@Nullable Overloaded refusal(Priority priority) {
        return texts.refusal(priority);
    }

    @Override
    public Task.SentenceEncoding task() {
        return texts.task();
    }

    @Override
    public int dimension() {
        return texts.dimension();
    }

    @Override
    public Tokenizer tokenizer() {
        return texts.tokenizer();
    }

    @Override
    public @Nullable String prompt(@Nullable String name) {
        return texts.prompt(name);
    }

    @Override
    public Encoding encode(List<TextInput> inputs, EncodeOptions options) {
        return texts.encode(inputs, options);
    }

    @Override
    public Admission embed(
            Encoding.Encoded encoded, Priority priority, long deadlineNanos, Consumer<Outcome<Vector>> outcome) {
        return texts.embed(encoded, priority, deadlineNanos, outcome);
    }
}
