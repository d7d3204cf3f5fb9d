package phifleet.worker.http.heads;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonOutput;
import phifleet.inference.lane.Admission;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Priority;
import phifleet.inference.model.Vector;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.entity.EntityExtractor;

/**
 * Texts in which named spans are looked for.
 *
 * @param field what the texts are called
 * @param alone whether the text stood outside of a list
 */
record ExtractQuestion(
        List<String> texts,
        String field,
        boolean alone,
        @Nullable String model,
        EntityExtractor.Wanted wanted,
        ExtractAnswer answer,
        ProblemShape problems)
        implements HeadQuestion<EntityExtractor, Vector> {

    @Override
    public Class<EntityExtractor> kind() {
        return EntityExtractor.class;
    }

    @Override
    public String kindLabel() {
        return "entity-extractor";
    }

    @Override
    public String path(int index) {
        return alone ? field : JsonInput.path(field, index);
    }

    @Override
    public @Nullable Problem unfit(EntityExtractor extractor) {
        EntityExtractor.Unfit unfit = extractor.unfit(wanted);
        if (unfit == null) {
            return null;
        }
        String path = JsonInput.path(unfit.field(), unfit.index());
        return Problem.badRequest("invalid_value", "`" + path + "` " + unfit.reason(), path);
    }

    @Override
    public Encoding encode(EntityExtractor extractor) {
        return extractor.encode(texts, wanted);
    }

    @Override
    public Admission submit(
            EntityExtractor extractor,
            Encoding.Encoded encoded,
            Priority priority,
            long deadlineNanos,
            Consumer<Outcome<Vector>> outcome) {
        return extractor.extract(encoded, priority, deadlineNanos, outcome);
    }

    @Override
    public int answerSize(List<Vector> outputs) {
        // What is read of the numbers takes as long as what is written.
        return outputs.stream().mapToInt(Vector::dimension).sum() / 8;
    }

    @Override
    public void write(
            EntityExtractor extractor,
            Encoding.Encoded encoded,
            List<Vector> outputs,
            Exchange exchange,
            JsonOutput out) {
        answer.write(this, extractor, extractor.entities(texts.size(), wanted, encoded, outputs), out);
    }
}
