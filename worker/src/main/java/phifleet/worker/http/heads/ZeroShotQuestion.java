package phifleet.worker.http.heads;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.dialect.TeiProblems;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonOutput;
import phifleet.inference.model.Vector;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.TextClassifier;
import phifleet.inference.text.ZeroShot;

/**
 * Texts to be classified by the caller's labels.
 *
 * @param most labels a text
 * @param least the least score
 * @param field what the texts are called
 * @param labelsField what the labels are called
 * @param form of the answer
 */
record ZeroShotQuestion(
        List<String> texts,
        ZeroShot zeroShot,
        @Nullable String model,
        TextClassifier.Options options,
        int most,
        float least,
        String field,
        String labelsField,
        Form form)
        implements ClassifierQuestion {

    /** How labels are written. */
    enum Form {
        NATIVE,
        /** A list of labels, for one text. */
        HUB_ONE,
        /** A list of such lists. */
        HUB_MANY
    }

    @Override
    public String path(int index) {
        return form == Form.HUB_ONE
                ? field()
                : JsonInput.path(field(), index / zeroShot.labels().size());
    }

    @Override
    public ProblemShape problems() {
        return form == Form.NATIVE ? NativeProblems.SHAPE : TeiProblems.SHAPE;
    }

    @Override
    public @Nullable Problem unfit(TextClassifier classifier) {
        return ZeroShot.entailment(classifier.task()).isPresent()
                ? null
                : Problem.badRequest(
                        "invalid_value",
                        "`" + labelsField + "` need a model of natural-language inference, and none of the labels of "
                                + classifier.description().id() + " begins with \"entail\"",
                        labelsField);
    }

    @Override
    public Encoding encode(TextClassifier classifier) {
        return classifier.encode(
                texts.stream().flatMap(text -> zeroShot.inputs(text).stream()).toList(), options);
    }

    @Override
    public int answerSize(List<Vector> outputs) {
        return outputs.size();
    }

    @Override
    public void write(
            TextClassifier classifier,
            Encoding.Encoded encoded,
            List<Vector> outputs,
            Exchange exchange,
            JsonOutput out) {
        int entailment = ZeroShot.entailment(classifier.task()).orElseThrow();
        int labels = zeroShot.labels().size();
        List<List<Predicted>> predictions = new ArrayList<>();
        for (int from = 0; from < outputs.size(); from += labels) {
            float[] scores = zeroShot.scores(outputs.subList(from, from + labels), entailment);
            predictions.add(Predicted.best(zeroShot.labels(), scores, most, least));
        }
        switch (form) {
            case NATIVE ->
                Predicted.writeNative(predictions, classifier.description().id(), out);
            case HUB_ONE -> Predicted.writeTei(predictions.getFirst(), out);
            case HUB_MANY -> {
                out.beginList();
                predictions.forEach(text -> Predicted.writeTei(text, out));
                out.endList();
            }
        }
    }
}
