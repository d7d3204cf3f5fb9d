package phifleet.inference.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import phifleet.inference.model.Activation;
import phifleet.inference.model.Task;
import phifleet.inference.model.Vector;

/**
 * Labels of the caller's own by a model of natural-language inference: each label makes a hypothesis, and the text is the premise. As
 * transformers' {@code zero-shot-classification} pipeline has it (4.57).
 *
 * @param labels of the caller
 * @param template a hypothesis with {@value #PLACE} in the label's place
 * @param severally whether each label is held against its contradiction, in place of the labels against each other
 */
public record ZeroShot(List<String> labels, String template, boolean severally) {
    public static final String PLACE = "{}";

    /** What transformers says where nobody says anything. */
    public static final String USUAL_TEMPLATE = "This example is {}.";

    public ZeroShot {
        labels = List.copyOf(labels);
    }

    /** The label that means entailment; none where the model knows no such thing. */
    public static OptionalInt entailment(Task.TextClassification task) {
        for (int i = 0; i < task.labels().size(); i++) {
            if (task.labels().get(i).toLowerCase(Locale.ROOT).startsWith("entail")) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    /** A text with each hypothesis, in the labels' order. */
    public List<TextClassifier.Input> inputs(String text) {
        List<TextClassifier.Input> inputs = new ArrayList<>(labels.size());
        for (String label : labels) {
            inputs.add(new TextClassifier.Input(text, template.replace(PLACE, label)));
        }
        return inputs;
    }

    /**
     * A score a label.
     *
     * @param logits of one text's hypotheses
     * @param entailment as {@link #entailment} found it
     */
    public float[] scores(List<Vector> logits, int entailment) {
        float[] scores = new float[labels.size()];
        if (!severally && labels.size() > 1) {
            for (int i = 0; i < scores.length; i++) {
                scores[i] = logits.get(i).get(entailment);
            }
            return Activation.SOFTMAX.apply(scores);
        }
        for (int i = 0; i < scores.length; i++) {
            Vector numbers = logits.get(i);
            // Always the first, or the last where that is the entailment: so the pipeline has it, whatever the labels
            // are.
            float contradiction = numbers.get(entailment == 0 ? numbers.dimension() - 1 : 0);
            scores[i] = Activation.SOFTMAX.apply(new float[] {contradiction, numbers.get(entailment)})[1];
        }
        return scores;
    }
}
