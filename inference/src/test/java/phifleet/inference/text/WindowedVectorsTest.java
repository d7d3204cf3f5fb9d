package phifleet.inference.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import phifleet.inference.lane.Outcome;
import phifleet.inference.lane.Timing;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

class WindowedVectorsTest {
    private static final List<Share> SHARES =
            List.of(new Share(0, 1), new Share(1, 3), new Share(1, 1), new Share(2, 1));

    @Test
    void together_windowsOfOneText_areAveragedByTheirTokens() {
        assertThat(together(false)).containsExactly(vector(9, 9), vector(3, 1), vector(0, 0));
    }

    @Test
    void together_ofAModelThatScales_countsNoWindowForItsLength() {
        assertThat(together(true)).containsExactly(vector(9, 9), vector(0.75f, 0.25f), vector(0, 0));
    }

    @Test
    void together_whatFailed_failsAsItDid() {
        Outcome<Vector> failed = new Outcome.Failed<>("why");
        assertThat(WindowedVectors.together(failed, SHARES, true)).isEqualTo(failed);
    }

    @Test
    void split_longText_keepsBothEndsInEachWindowAndEachTokenInOneShare() {
        int[] ids = new int[100];
        for (int i = 0; i < ids.length; i++) {
            ids[i] = i;
        }
        Encodings encodings = new Encodings(1, () -> 0);
        Truncation.split(new TokenSequence(ids, 3, 0), 20, 3, 1, 0, encodings);
        Encoding.Encoded encoded = encodings.finish();
        List<Integer> seen = new ArrayList<>();
        for (TokenSequence window : encoded.sequences()) {
            assertThat(window.length()).isLessThanOrEqualTo(20);
            assertThat(List.of(window.id(0), window.id(1), window.id(2))).containsExactly(0, 1, 2);
            assertThat(window.id(window.length() - 1)).isEqualTo(99);
            assertThat(window.promptTokens()).isEqualTo(3);
            for (int i = 3; i < window.length() - 1; i++) {
                seen.add(window.id(i));
            }
        }
        assertThat(encoded.sequences()).hasSize(7);
        assertThat(seen).contains(3, 50, 98).doesNotContain(0, 99);
        assertThat(encoded.shares().stream().mapToInt(Share::tokens).sum()).isEqualTo(96);
        assertThat(encoded.tokens())
                .isEqualTo(encoded.sequences().stream()
                        .mapToInt(TokenSequence::length)
                        .sum());
    }

    private static List<Vector> together(boolean normalize) {
        List<Vector> vectors = List.of(vector(9, 9), vector(4, 0), vector(0, 4), vector(0, 0));
        Outcome<Vector> outcome = new Outcome.Completed<>(vectors, new Timing(1, 2));
        return WindowedVectors.together(outcome, SHARES, normalize) instanceof Outcome.Completed<Vector> completed
                ? completed.outputs()
                : List.of();
    }

    private static Vector vector(float... values) {
        return new Vector(values);
    }
}
