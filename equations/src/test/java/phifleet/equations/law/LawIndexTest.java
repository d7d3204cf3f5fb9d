package phifleet.equations.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.units.Dimension;

class LawIndexTest {
    private static final LawTable TABLE = LawTable.load();

    @Test
    void read_ofThisBuild_isWhatIsComputed() {
        assertThat(LawIndex.read())
                .as("the index that the build wrote; where it is an older one, LawForm.VERSION was not raised")
                .hasValue(LawIndex.compute(TABLE));
    }

    /** Each law in its own letters, and in letters that no law uses. */
    @Test
    void match_everyLaw_isTheSameByEitherIndex() {
        KnownLaws read = new KnownLaws(LawTable.load(), LawIndex.read().orElseThrow());
        KnownLaws computed = new KnownLaws(TABLE, LawIndex.compute(TABLE));
        List<String> unlike = new ArrayList<>();
        int same = 0;
        for (KnownLaw law : computed.all()) {
            for (boolean renamed : new boolean[] {false, true}) {
                Map<Symbol, Dimension> dimensions = new HashMap<>();
                law.units().forEach((symbol, unit) -> dimensions.put(name(symbol, renamed), unit.dimension()));
                Statement.Relation asked = (Statement.Relation) Trees.mapSides(
                        law.statement(),
                        side -> Trees.rewrite(
                                side, node -> node instanceof Symbol symbol ? name(symbol, renamed) : node));
                LawMatch one = read.match(asked, dimensions, dimensions.keySet(), true, Budget.ofSteps(1_000_000));
                LawMatch other = computed.match(asked, dimensions, dimensions.keySet(), true, Budget.ofSteps(1_000_000));
                same += one instanceof LawMatch.Same ? 1 : 0;
                if (!one.equals(other)) {
                    unlike.add(law.id() + (renamed ? ", renamed: " : ": ") + one + " but " + other);
                }
            }
        }
        assertThat(unlike).isEmpty();
        assertThat(same).isGreaterThan(computed.all().size());
    }

    private static Symbol name(Symbol symbol, boolean renamed) {
        return renamed ? Symbol.of("q" + symbol.base(), symbol.subscript()) : symbol;
    }

    @Test
    void hash_ofUnequalStatements_isSeldomTheSame() {
        List<Statement.Relation> statements = new KnownLaws(TABLE, List.of())
                .all().stream().map(KnownLaw::statement).distinct().toList();
        assertThat(statements.stream().map(LawIndex::hash).distinct().count())
                .isGreaterThan(statements.size() * 95L / 100);
    }
}
