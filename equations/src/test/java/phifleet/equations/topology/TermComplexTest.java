package phifleet.equations.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import phifleet.equations.budget.Budget;

class TermComplexTest {
    private static final long PLENTY = 50_000_000;

    private static TopologyOutcome measure(String... terms) {
        List<List<String>> sets = new ArrayList<>();
        for (String term : terms) {
            sets.add(term.chars().mapToObj(c -> String.valueOf((char) c)).toList());
        }
        return TermComplex.ofTerms(sets).measure(Budget.ofSteps(PLENTY));
    }

    private static TopologyOutcome measured(List<Integer> betti, int chi, int loops) {
        return new TopologyOutcome.Measured(betti, chi, loops);
    }

    @Test
    void measure_twoGroups_countsComponents() {
        assertThat(measure("E", "mc")).isEqualTo(measured(List.of(2, 0, 0), 2, 0));
    }

    @Test
    void measure_triangleOfPairs_hasOneCycle() {
        assertThat(measure("uv", "fv", "fu")).isEqualTo(measured(List.of(1, 1, 0), 0, 3));
    }

    @Test
    void measure_tetrahedronOfTriples_isAHollowShell() {
        assertThat(measure("abc", "abd", "acd", "bcd", "")).isEqualTo(measured(List.of(1, 0, 1), 2, 8));
    }

    @Test
    void measure_repeatedTerm_countsLoopsOnly() {
        assertThat(measure("p", "p", "")).isEqualTo(measured(List.of(1, 0, 0), 1, 1));
    }

    @Test
    void measure_noSymbols_isEmpty() {
        assertThat(measure("", "")).isEqualTo(measured(List.of(0, 0, 0), 0, 0));
    }

    @Test
    void measure_boundaryOfLargeSimplex_hasHigherBetti() {
        assertThat(measure("abcd", "abce", "abde", "acde", "bcde")).isEqualTo(measured(List.of(1, 0, 0, 1), 0, 15));
    }

    @Test
    void measure_oneTermOfHundredSymbols_isAPoint() {
        List<String> many = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            many.add("x" + i);
        }
        assertThat(TermComplex.ofTerms(List.of(many, many)).measure(Budget.ofSteps(PLENTY)))
                .isEqualTo(measured(List.of(1, 0, 0), 1, 100));
    }

    @Test
    void measure_denseRandomComplex_endsWithTooLargeAndExactComponents() {
        Random random = new Random(5);
        List<List<String>> terms = new ArrayList<>();
        for (int t = 0; t < 120; t++) {
            List<String> term = new ArrayList<>();
            for (int s = 0; s < 60; s++) {
                if (random.nextInt(3) > 0) {
                    term.add("x" + s);
                }
            }
            terms.add(term);
        }
        assertThat(TermComplex.ofTerms(terms).measure(Budget.ofSteps(PLENTY)))
                .isInstanceOfSatisfying(
                        TopologyOutcome.TooLarge.class,
                        t -> assertThat(t.components()).isEqualTo(1));
    }

    @Test
    void betti_randomComplexes_matchFaceCountDualAndCore() {
        Random random = new Random(20);
        for (int round = 0; round < 400; round++) {
            Incidence complex = random(random, 1 + random.nextInt(9), 1 + random.nextInt(9));
            Budget steps = Budget.ofSteps(PLENTY);
            List<Integer> betti = trimmed(Homology.betti(complex, steps));
            int chi = 0;
            for (int i = 0; i < betti.size(); i++) {
                chi += i % 2 == 0 ? betti.get(i) : -betti.get(i);
            }
            assertThat(chi).as("chi of round %d", round).isEqualTo(Homology.eulerCharacteristic(complex, steps));
            assertThat(trimmed(Homology.betti(complex.dual(), steps)))
                    .as("dual of round %d", round)
                    .isEqualTo(betti);
            assertThat(trimmed(Homology.betti(complex.core(steps), steps)))
                    .as("core of round %d", round)
                    .isEqualTo(betti);
        }
    }

    private static Incidence random(Random random, int rows, int columns) {
        List<BitSet> bits = new ArrayList<>();
        for (int r = 0; r < rows; r++) {
            BitSet row = new BitSet();
            row.set(r % columns);
            for (int c = 0; c < columns; c++) {
                if (random.nextInt(5) < 2) {
                    row.set(c);
                }
            }
            bits.add(row);
        }
        BitSet used = new BitSet();
        bits.forEach(used::or);
        int next = used.nextClearBit(0);
        if (next < used.length()) {
            bits.getFirst().set(next, used.length());
        }
        return Incidence.ofRows(bits);
    }

    private static List<Integer> trimmed(List<Integer> betti) {
        List<Integer> copy = new ArrayList<>(betti);
        while (!copy.isEmpty() && copy.getLast() == 0) {
            copy.removeLast();
        }
        return copy;
    }
}
