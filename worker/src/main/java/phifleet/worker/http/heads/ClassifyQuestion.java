package phifleet.worker.http.heads;

import java.util.List;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.json.JsonOutput;
import phifleet.inference.model.Activation;
import phifleet.inference.model.Vector;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.TextClassifier;

/**
 * Texts or pairs to be classified by the model's own labels.
 *
 * @param paths where an input stands in the request
 * @param activation in place of the model's; null for that
 * @param most labels a text
 * @param least the least score
 * @param form of the answer
 */
record ClassifyQuestion(
        List<TextClassifier.Input> inputs,
        @Nullable String model,
        String field,
        IntFunction<String> paths,
        TextClassifier.Options options,
        @Nullable Activation activation,
        int most,
        float least,
        Form form,
        ProblemShape problems)
        implements ClassifierQuestion {

    /** How labels are written. */
    enum Form {
        /** A list of labels: for one input outside of a list. */
        TEI_ONE,
        /** A list of such lists. */
        TEI_MANY,
        /** Lists of labels in an object. */
        NATIVE,
        /** The labels of the one input in an object. */
        NATIVE_ONE
    }

    @Override
    public String path(int index) {
        return paths.apply(index);
    }

    @Override
    public @Nullable Problem unfit(TextClassifier classifier) {
        return null;
    }

    @Override
    public Encoding encode(TextClassifier classifier) {
        return classifier.encode(inputs, options);
    }

    @Override
    public int answerSize(List<Vector> outputs) {
        return outputs.stream()
                .mapToInt(output -> Math.min(most, output.dimension()))
                .sum();
    }

    @Override
    public void write(
            TextClassifier classifier,
            Encoding.Encoded encoded,
            List<Vector> outputs,
            Exchange exchange,
            JsonOutput out) {
        switch (form) {
            case TEI_ONE -> Predicted.writeTei(best(classifier, outputs.getFirst()), out);
            case TEI_MANY -> {
                out.beginList();
                outputs.forEach(output -> Predicted.writeTei(best(classifier, output), out));
                out.endList();
            }
            case NATIVE ->
                Predicted.writeNative(
                        outputs.stream().map(output -> best(classifier, output)).toList(),
                        classifier.description().id(),
                        out);
            case NATIVE_ONE ->
                Predicted.writeNativeOne(
                        best(classifier, outputs.getFirst()),
                        classifier.description().id(),
                        out);
        }
    }

    private List<Predicted> best(TextClassifier classifier, Vector logits) {
        Activation wanted = activation == null ? classifier.task().activation() : activation;
        return Predicted.best(classifier.task().labels(), wanted.apply(logits.values()), most, least);
    }
}
