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

    private static final String NUMBERED_PLACE = "{0}";

    /** What transformers says where nobody says anything. */
    public static final String USUAL_TEMPLATE = "This example is {}.";

    public ZeroShot {
        labels = List.copyOf(labels);
    }

    /** Whether a template has a place for a label. */
    public static boolean hasPlace(String template) {
        return !hypothesis(template, "").equals(hypothesis(template, "."));
    }

    /**
     * A template with a label in its places, as Python's {@code str.format} reads it: {@code {}} and {@code {0}} are places, doubled
     * braces are braces. Whatever other braces it has stay as they are, where Python fails.
     */
    public static String hypothesis(String template, String label) {
        StringBuilder hypothesis = new StringBuilder();
        for (int at = 0; at < template.length(); ) {
            if (template.startsWith("{{", at) || template.startsWith("}}", at)) {
                hypothesis.append(template.charAt(at));
                at += 2;
            } else if (template.startsWith(PLACE, at)) {
                hypothesis.append(label);
                at += PLACE.length();
            } else if (template.startsWith(NUMBERED_PLACE, at)) {
                hypothesis.append(label);
                at += NUMBERED_PLACE.length();
            } else {
                hypothesis.append(template.charAt(at++));
            }
        }
        return hypothesis.toString();
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
            inputs.add(new TextClassifier.Input(text, hypothesis(template, label)));
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
