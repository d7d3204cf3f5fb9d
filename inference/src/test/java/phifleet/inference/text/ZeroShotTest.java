package phifleet.inference.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.inference.model.Activation;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Recipe;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenInput;
import phifleet.inference.model.Vector;

class ZeroShotTest {
    private static Task.TextClassification task(String... labels) {
        return new Task.TextClassification(
                new TokenInput(64, 0, true), Pooling.NONE, List.of(labels), Activation.SOFTMAX, Recipe.PLAIN);
    }

    private static Vector logits(float... values) {
        return new Vector(values);
    }

    @Test
    void entailment_anyCase_isFound() {
        assertThat(ZeroShot.entailment(task("CONTRADICTION", "ENTAILMENT"))).hasValue(1);
        assertThat(ZeroShot.entailment(task("entail", "not"))).hasValue(0);
        assertThat(ZeroShot.entailment(task("joy", "anger"))).isEmpty();
    }

    @Test
    void scores_labelsAgainstEachOther_sumToOne() {
        float[] scores = new ZeroShot(List.of("a", "b"), "{}", false)
                .scores(List.of(logits(0, 0, (float) Math.log(3)), logits(9, 9, 0)), 2);
        assertThat(scores[0]).isCloseTo(0.75f, within(1e-6f));
        assertThat(scores[1]).isCloseTo(0.25f, within(1e-6f));
    }

    @Test
    void scores_severally_areHeldAgainstTheirContradiction() {
        float[] scores = new ZeroShot(List.of("a", "b"), "{}", true)
                .scores(List.of(logits(0, 50, (float) Math.log(3)), logits((float) Math.log(3), 50, 0)), 2);
        assertThat(scores[0]).isCloseTo(0.75f, within(1e-6f));
        assertThat(scores[1]).isCloseTo(0.25f, within(1e-6f));
    }

    @Test
    void scores_entailmentFirst_hasItsContradictionLast() {
        float[] scores = new ZeroShot(List.of("a"), "{}", false).scores(List.of(logits((float) Math.log(3), 50, 0)), 0);
        assertThat(scores[0]).isCloseTo(0.75f, within(1e-6f));
    }

    @Test
    void inputs_template_hasTheLabelInItsPlace() {
        assertThat(new ZeroShot(List.of("a", "b"), "It is {}, {}!", false).inputs("text"))
                .containsExactly(
                        new TextClassifier.Input("text", "It is a, a!"),
                        new TextClassifier.Input("text", "It is b, b!"));
    }

    /** Right-hand sides are Python's, by str.format. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} is {{it}} | a is {it}",
                "about {0}, yes | about a, yes",
                "{{{}}} | {a}",
                "{{}} {} | {} a",
                "Это про {} 👍. | Это про a 👍."
            })
    void hypothesis_bracesOfPythons_areReadSo(String template, String expected) {
        assertThat(ZeroShot.hypothesis(template, "a")).isEqualTo(expected);
        assertThat(ZeroShot.hasPlace(template)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "no place", "{{}}", "{{0}}", "{label}"})
    void hasPlace_noneForALabel_isFalse(String template) {
        assertThat(ZeroShot.hasPlace(template)).isFalse();
    }

    @Test
    void hypothesis_labelWithBraces_isNotReadAgain() {
        assertThat(ZeroShot.hypothesis("{}: {}", "{} {{")).isEqualTo("{} {{: {} {{");
    }
}
