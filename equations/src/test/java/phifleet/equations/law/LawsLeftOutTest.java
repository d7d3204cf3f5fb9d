package phifleet.equations.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import phifleet.equations.budget.Budget;
import phifleet.equations.dimension.Declarations;
import phifleet.equations.dimension.DimensionChecker;
import phifleet.equations.dimension.DimensionOutcome;

/** Each law of the table as if it were not there: how often a true law that nobody wrote down is taken for another one made wrong. */
class LawsLeftOutTest {
    private static final LawTable TABLE = LawTable.load();
    private static final List<LawIndex.Row> INDEX = LawIndex.of(TABLE);

    private static Budget budget() {
        return Budget.ofSteps(1_000_000);
    }

    /** The table without one law. */
    private static KnownLaws without(int law) {
        List<LawIndex.Row> index = new ArrayList<>(INDEX);
        index.set(law, new LawIndex.Row(0, null));
        return new KnownLaws(TABLE, index);
    }

    @Test
    void match_lawLeftOut_isSeldomAnotherOneMadeWrong() {
        List<String> taken = new ArrayList<>();
        int renamed = 0;
        for (int i = 0; i < TABLE.size(); i++) {
            KnownLaw law = TABLE.law(i);
            LawMatch match = without(i)
                    .match(law.statement(), law.dimensions(), law.dimensions().keySet(), false, budget());
            if (match instanceof LawMatch.Differs(KnownLaw other, var difference, String _)) {
                renamed += law.dimensions().keySet().equals(other.dimensions().keySet()) ? 0 : 1;
                taken.add(law.equation() + " for " + other.equation() + " by " + difference);
            }
        }
        System.out.printf(
                "laws left out, taken for others made wrong: %d of %d, %d of them in other letters%n",
                taken.size(), TABLE.size(), renamed);
        taken.forEach(System.out::println);
        // Most stand in the table with both signs, and so do not come to that.
        assertThat(taken.size()).isLessThanOrEqualTo(TABLE.size() / 10);
        assertThat(renamed).isLessThanOrEqualTo(TABLE.size() / 200);
    }

    @Test
    void kin_lawLeftOut_isSeldomBroken() {
        List<String> broken = new ArrayList<>();
        for (int i = 0; i < TABLE.size(); i++) {
            KnownLaw law = TABLE.law(i);
            List<Kin> kin = without(i).kin(law.statement(), budget());
            boolean near = kin.stream().anyMatch(Kin::near);
            boolean all = kin.stream()
                    .allMatch(one ->
                            new DimensionChecker().check(law.statement(), Declarations.of(one.dimensions()), budget())
                                    instanceof DimensionOutcome.Mismatch);
            if (near && all) {
                broken.add(law.equation() + " by "
                        + kin.stream()
                                .filter(Kin::near)
                                .map(one -> one.law().equation())
                                .toList());
            }
        }
        System.out.println("laws left out, broken by others: " + broken.size() + " of " + TABLE.size());
        broken.forEach(System.out::println);
        assertThat(broken.size()).isLessThanOrEqualTo(TABLE.size() / 40);
    }
}
