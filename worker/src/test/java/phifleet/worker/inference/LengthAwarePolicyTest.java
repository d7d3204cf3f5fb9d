package phifleet.worker.inference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class LengthAwarePolicyTest {
    private static final BatchLimits LIMITS = new BatchLimits(512, 64, 8);

    private final LengthAwarePolicy policy = new LengthAwarePolicy();

    @Test
    void select_equalLengths_takesAllThatFit() {
        int[] units = new int[40];
        Arrays.fill(units, 16);
        assertThat(policy.select(units, LIMITS)).hasSize(32);
    }

    @Test
    void select_oneInput_takesItEvenIfItIsLargerThanABatch() {
        assertThat(policy.select(new int[] {700}, LIMITS)).containsExactly(0);
    }

    @Test
    void select_mixedLengths_leavesOutThoseThatWouldBePadding() {
        assertThat(policy.select(new int[] {20, 256, 20, 255, 20, 20}, LIMITS)).containsExactly(0, 2, 4, 5);
    }

    @Test
    void select_theDueInputIsTheOddOne_servesIt() {
        assertThat(policy.select(new int[] {256, 20, 20, 20, 20}, LIMITS)).containsExactly(0);
    }

    @Test
    void select_littlePadding_isCheaperThanAnotherBatch() {
        assertThat(policy.select(new int[] {30, 31}, LIMITS)).containsExactly(0, 1);
        assertThat(policy.select(new int[] {30, 60}, new BatchLimits(512, 64, 0)))
                .containsExactly(0);
    }

    @Test
    void select_itemLimit_isKept() {
        assertThat(policy.select(new int[] {1, 1, 1, 1, 1}, new BatchLimits(512, 3, 8)))
                .hasSize(3)
                .contains(0);
    }

    @Test
    void select_anyCandidates_hasTheBestYieldOfAllRunsAroundTheDueOne() {
        Random random = new Random(42);
        for (int round = 0; round < 2_000; round++) {
            int[] units = random.ints(1 + random.nextInt(24), 1, 64).toArray();
            BatchLimits limits = new BatchLimits(1 + random.nextInt(300), 1 + random.nextInt(12), random.nextInt(20));
            int[] chosen = policy.select(units, limits);
            assertThat(chosen).contains(0).doesNotHaveDuplicates().isSorted();
            int longest = Arrays.stream(chosen).map(i -> units[i]).max().orElseThrow();
            assertThat(chosen.length == 1 || (long) chosen.length * longest <= limits.units())
                    .isTrue();
            assertThat(chosen).hasSizeLessThanOrEqualTo(limits.items());
            assertThat(yieldOf(units, chosen, limits))
                    .as("units %s, limits %s", Arrays.toString(units), limits)
                    .isGreaterThanOrEqualTo(bestYield(units, limits) - 1e-9);
        }
    }

    private static double yieldOf(int[] units, int[] chosen, BatchLimits limits) {
        long useful = Arrays.stream(chosen).map(i -> units[i]).sum();
        int longest = Arrays.stream(chosen).map(i -> units[i]).max().orElseThrow();
        return useful / (limits.fixedUnits() + (double) chosen.length * longest);
    }

    /** By trying every run of neighbours in order of length. */
    private static double bestYield(int[] units, BatchLimits limits) {
        int[] sorted = units.clone();
        Arrays.sort(sorted);
        double best = 0;
        for (int from = 0; from < sorted.length; from++) {
            for (int to = from; to < sorted.length; to++) {
                int items = to - from + 1;
                boolean holdsDue = sorted[from] <= units[0] && units[0] <= sorted[to];
                boolean fits = items <= limits.items() && (items == 1 || (long) items * sorted[to] <= limits.units());
                if (holdsDue && fits) {
                    long useful = 0;
                    for (int i = from; i <= to; i++) {
                        useful += sorted[i];
                    }
                    best = Math.max(best, useful / (limits.fixedUnits() + (double) items * sorted[to]));
                }
            }
        }
        return best;
    }
}
