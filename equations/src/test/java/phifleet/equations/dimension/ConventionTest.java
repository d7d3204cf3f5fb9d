package phifleet.equations.dimension;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement;
import phifleet.equations.budget.Budget;
import phifleet.equations.table.ResourceRows;

class ConventionTest {
    private static DimensionOutcome check(Expr left, Expr right) {
        return new DimensionChecker()
                .check(Statement.Relation.equal(left, right), Declarations.NONE, Budget.ofSteps(100_000));
    }

    private static Expr times(Expr... factors) {
        return new Product(List.of(factors));
    }

    private static String unit(DimensionOutcome outcome, String symbol) {
        return outcome.symbols().stream()
                .filter(s -> s.symbol().name().equals(symbol))
                .map(SymbolDimension::unit)
                .findFirst()
                .orElse("absent");
    }

    @Test
    void check_massEnergy_findsTheUsualMeanings() {
        DimensionOutcome outcome = check(Symbol.of("E"), times(Symbol.of("m"), new Power(Symbol.of("c"), Num.of(2))));
        assertThat(outcome).isInstanceOfSatisfying(DimensionOutcome.Consistent.class, consistent -> {
            assertThat(consistent.basis()).isEqualTo(DimensionOutcome.Basis.CONVENTION);
            assertThat(unit(consistent, "E")).isEqualTo("J");
            assertThat(unit(consistent, "m")).isEqualTo("kg");
            assertThat(unit(consistent, "c")).isEqualTo("m/s");
        });
    }

    @Test
    void check_wrongPower_isAMismatchUnderTheUsualMeanings() {
        DimensionOutcome outcome = check(Symbol.of("E"), times(Symbol.of("m"), new Power(Symbol.of("c"), Num.of(3))));
        assertThat(outcome).isInstanceOfSatisfying(DimensionOutcome.Mismatch.class, mismatch -> {
            assertThat(mismatch.basis()).isEqualTo(DimensionOutcome.Basis.CONVENTION);
            assertThat(mismatch.conflict().rule()).isEqualTo(Rule.SIDES);
        });
    }

    @Test
    void check_idealGas_takesTheMolarGasConstant() {
        DimensionOutcome outcome =
                check(times(Symbol.of("P"), Symbol.of("V")), times(Symbol.of("n"), Symbol.of("R"), Symbol.of("T")));
        assertThat(outcome).isInstanceOf(DimensionOutcome.Consistent.class);
        assertThat(unit(outcome, "R")).isEqualTo("J/mol/K");
        assertThat(unit(outcome, "T")).isEqualTo("K");
    }

    @Test
    void check_ohmAndNewton_agreeWithTheirFields() {
        assertThat(unit(check(Symbol.of("V"), times(Symbol.of("I"), Symbol.of("R"))), "R"))
                .isEqualTo("Ω");
        assertThat(unit(check(Symbol.of("F"), times(Symbol.of("m"), Symbol.of("a"))), "a"))
                .isEqualTo("m/s^2");
    }

    @Test
    void check_unknownLetter_isSolvedFor() {
        Symbol word = Symbol.of("flurb");
        DimensionOutcome outcome = check(word, new Quotient(Symbol.of("F"), Symbol.of("m", "1")));
        assertThat(unit(outcome, "flurb")).isEqualTo("m·s⁻²");
    }

    @Test
    void meanings_everyRow_isOfferedOnce() {
        Set<List<String>> seen = new HashSet<>();
        for (List<String> row : ResourceRows.of(MeaningTable.class, "meanings.txt", 5)) {
            assertThat(seen.add(List.of(row.get(0), row.get(1)))).as("%s", row).isTrue();
        }
        assertThat(MeaningTable.load().of(Symbol.of("mu")))
                .hasValueSatisfying(mu -> assertThat(mu.size()).isGreaterThan(8));
    }
}
