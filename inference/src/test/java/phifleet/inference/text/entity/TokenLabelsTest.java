package phifleet.inference.text.entity;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import phifleet.inference.text.TextUnits;

/** Rules of the pipeline of which random models' answers do not show each. */
class TokenLabelsTest {
    private static final List<String> LABELS = List.of("O", "B-PER", "I-PER", "PLACE");

    private static List<Entity> entities(Aggregation aggregation, boolean[] continued, float[]... scores) {
        int[] starts = new int[scores.length];
        int[] stops = new int[scores.length];
        for (int i = 0; i < starts.length; i++) {
            starts[i] = 2 * i;
            stops[i] = 2 * i + 1;
        }
        return new TokenLabels(LABELS, aggregation)
                .entities(new TextUnits(starts, stops, continued), new ArrayList<>(List.of(scores)));
    }

    private static float[] sure(int label) {
        float[] scores = new float[LABELS.size()];
        scores[label] = 1;
        return scores;
    }

    @Test
    void simple_beginOfTheSameKind_isAnotherEntity() {
        boolean[] words = new boolean[6];
        assertThat(entities(Aggregation.SIMPLE, words, sure(1), sure(2), sure(1), sure(3), sure(3), sure(0)))
                .containsExactly(
                        new Entity("PER", 1, 0, 3),
                        new Entity("PER", 1, 4, 5),
                        new Entity("PLACE", 1, 6, 9),
                        new Entity("O", 1, 10, 11));
    }

    @Test
    void ofWords_eachRule_choosesItsOwnLabel() {
        float[] first = {0.3f, 0.4f, 0.2f, 0.1f};
        float[] second = {0.1f, 0.1f, 0.1f, 0.7f};
        float[] third = {0.6f, 0.3f, 0.0f, 0.1f};
        boolean[] oneWord = {false, true, true};
        assertThat(entities(Aggregation.FIRST, oneWord, first, second, third))
                .containsExactly(new Entity("PER", 0.4f, 0, 5));
        assertThat(entities(Aggregation.MAX, oneWord, first, second, third))
                .containsExactly(new Entity("PLACE", 0.7f, 0, 5));
        List<Entity> average = entities(Aggregation.AVERAGE, oneWord, first, second, third);
        assertThat(average).hasSize(1);
        assertThat(average.getFirst().label()).isEqualTo("O");
        assertThat(average.getFirst().score()).isCloseTo(1f / 3, org.assertj.core.api.Assertions.within(1e-6f));
    }

    @Test
    void ofWords_equalScores_theFirstCounts() {
        float[] even = {0.5f, 0.5f, 0, 0};
        assertThat(entities(Aggregation.MAX, new boolean[] {false, true}, even, sure(2)))
                .containsExactly(new Entity("PER", 1, 0, 3));
        assertThat(entities(Aggregation.FIRST, new boolean[] {true}, even))
                .containsExactly(new Entity("O", 0.5f, 0, 1));
    }
}
