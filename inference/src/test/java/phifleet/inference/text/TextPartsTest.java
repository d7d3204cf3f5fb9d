package phifleet.inference.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.SparseVector;
import phifleet.inference.model.TextOutputs;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

class TextPartsTest {
    @Test
    void sparse_tokensThatComeAgain_countByTheirLargestWeight() {
        SplittableRandom random = new SplittableRandom(5);
        for (int length = 0; length < 60; length++) {
            int[] ids = random.ints(length, 0, 30).toArray();
            float[] weights = new float[length];
            Map<Integer, Float> expected = new TreeMap<>();
            for (int i = 0; i < length; i++) {
                weights[i] = (float) random.nextDouble(-0.5, 4);
                if (weights[i] > 0 && ids[i] != 7) {
                    expected.merge(ids[i], weights[i], Math::max);
                }
            }

            SparseVector sparse = Objects.requireNonNull(
                    TextParts.of(new TokenSequence(ids).asking(TextOutputs.SPARSE), new Vector(weights), 3, Set.of(7))
                            .sparse());

            Map<Integer, Float> found = new TreeMap<>();
            for (int i = 0; i < sparse.size(); i++) {
                assertThat(found.put(sparse.index(i), sparse.value(i))).isNull();
                assertThat(i == 0 || sparse.index(i - 1) < sparse.index(i)).isTrue();
            }
            assertThat(found).isEqualTo(expected);
        }
    }
}
