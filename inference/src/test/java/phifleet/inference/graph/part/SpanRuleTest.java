package phifleet.inference.graph.part;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SpanRuleTest {

    @Test
    void keys_ofAnyBlock_areAllThatItsQueriesSeeAndNoMoreThanNeeded() {
        Random random = new Random(5);
        for (int run = 0; run < 2000; run++) {
            int length = 1 + random.nextInt(40);
            int before = random.nextBoolean() ? random.nextInt(20) : Integer.MAX_VALUE;
            int after = random.nextBoolean() ? random.nextInt(20) : Integer.MAX_VALUE;
            int first = random.nextInt(length);
            int last = first + random.nextInt(length - first);
            SpanRule rule = new SpanRule("spans", 8, before, after);
            int key = rule.firstKey(first);
            int end = rule.endOfKeys(last, length);
            boolean hides = false;
            for (int k = 0; k < length; k++) {
                boolean seenByOne = false;
                boolean seenByAll = true;
                for (int q = first; q <= last; q++) {
                    boolean seen = q - k <= before && k - q <= after;
                    seenByOne |= seen;
                    seenByAll &= seen;
                }
                assertThat(k >= key && k < end).as("key %d", k).isEqualTo(seenByOne);
                hides |= seenByOne && !seenByAll;
            }
            assertThat(rule.hides(first, last, key, end)).isEqualTo(hides);
        }
    }
}
