package phifleet.inference.lane;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.Padding;

class LengthAwarePolicyTest {
    private static final BatchLimits LIMITS = limits(512, 64, 8);

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
        assertThat(policy.select(new int[] {30, 60}, limits(512, 64, 0))).containsExactly(0);
    }

    @Test
    void select_itemLimit_isKept() {
        assertThat(policy.select(new int[] {1, 1, 1, 1, 1}, limits(512, 3, 8)))
                .hasSize(3)
                .contains(0);
    }

    @Test
    void select_paddingIsFree_takesAllThatFit() {
        BatchCost packed = new BatchCost(8, 0, Padding.IN_ATTENTION);
        assertThat(policy.select(new int[] {20, 256, 20, 20, 20, 20}, new BatchLimits(512, 64, packed)))
                .hasSize(6);
    }

    @Test
    void select_pairsCost_keepsLongFromShort() {
        BatchCost packed = new BatchCost(8, 0.001, Padding.IN_ATTENTION);
        assertThat(policy.select(new int[] {20, 256, 20, 20, 20, 20}, new BatchLimits(512, 64, packed)))
                .containsExactly(0, 2, 3, 4, 5);
    }

    @Test
    void select_withoutPadding_isInOrderUpToTheWorkOfABatch() {
        BatchCost alone = new BatchCost(8, 0.001, Padding.NOWHERE);

        assertThat(policy.select(new int[] {20, 256, 20, 20, 20, 20}, new BatchLimits(512, 64, alone)))
                .containsExactly(0, 1, 2, 3, 4, 5);
        assertThat(policy.select(new int[] {20, 256, 20, 20}, new BatchLimits(350, 64, alone)))
                .as("256 tokens with their pairs are 322 units")
                .containsExactly(0, 1);
        assertThat(policy.select(new int[] {600, 1}, new BatchLimits(512, 64, alone)))
                .containsExactly(0);
        assertThat(policy.select(new int[] {1, 1, 1}, new BatchLimits(512, 2, alone)))
                .containsExactly(0, 1);
    }

    @Test
    void select_anyCandidates_isPartOfTheCheapestOfAllPartitions() {
        Random random = new Random(42);
        for (int round = 0; round < 500; round++) {
            int[] units = random.ints(1 + random.nextInt(7), 1, 40).toArray();
            // Powers of two are added without rounding, whatever the order.
            BatchCost cost = new BatchCost(
                    random.nextInt(20),
                    random.nextBoolean() ? 0 : 1.0 / (1 << random.nextInt(3, 9)),
                    random.nextBoolean() ? Padding.EVERYWHERE : Padding.IN_ATTENTION);
            // A limit to the sum of the sizes would make the best of all partitions one of bin packing.
            int mostUnits = cost.padding() == Padding.EVERYWHERE ? 1 + random.nextInt(120) : 100_000;
            BatchLimits limits = new BatchLimits(mostUnits, 1 + random.nextInt(5), cost);
            int[] chosen = policy.select(units, limits);
            assertThat(chosen).contains(0).doesNotHaveDuplicates().isSorted();
            List<Integer> all = Arrays.stream(units).boxed().toList();
            List<Integer> batch = Arrays.stream(chosen).mapToObj(i -> units[i]).toList();
            List<Integer> rest = IntStream.range(0, units.length)
                    .filter(i -> Arrays.binarySearch(chosen, i) < 0)
                    .mapToObj(i -> units[i])
                    .toList();
            assertThat(cost(batch, limits) + cheapest(rest, List.of(), limits))
                    .as("units %s, limits %s", all, limits)
                    .isEqualTo(cheapest(all, List.of(), limits));
        }
    }

    /** By trying every way to put each input into one of the batches so far or into a new one. */
    private static double cheapest(List<Integer> rest, List<List<Integer>> batches, BatchLimits limits) {
        if (rest.isEmpty()) {
            return batches.stream().mapToDouble(batch -> cost(batch, limits)).sum();
        }
        List<Integer> others = rest.subList(1, rest.size());
        double best = Double.POSITIVE_INFINITY;
        for (int i = 0; i <= batches.size(); i++) {
            List<List<Integer>> next = new ArrayList<>(batches);
            List<Integer> batch = new ArrayList<>(i < batches.size() ? next.remove(i) : List.of());
            batch.add(rest.getFirst());
            next.add(batch);
            best = Math.min(best, cheapest(others, next, limits));
        }
        return best;
    }

    private static double cost(List<Integer> batch, BatchLimits limits) {
        double longest = Collections.max(batch);
        double rows = limits.cost().padding() == Padding.EVERYWHERE
                ? batch.size() * longest
                : batch.stream().mapToInt(Integer::intValue).sum();
        double work = rows + limits.cost().squared() * batch.size() * longest * longest;
        boolean fits = batch.size() == 1 || (batch.size() <= limits.items() && work <= limits.units());
        return fits ? limits.cost().fixed() + work : Double.POSITIVE_INFINITY;
    }

    private static BatchLimits limits(int units, int items, double fixed) {
        return new BatchLimits(units, items, new BatchCost(fixed, 0, Padding.EVERYWHERE));
    }
}
