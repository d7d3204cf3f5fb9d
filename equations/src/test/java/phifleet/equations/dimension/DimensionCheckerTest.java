package phifleet.equations.dimension;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Negation;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Sum;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement;
import phifleet.equations.budget.Budget;
import phifleet.equations.units.Dimension;
import phifleet.equations.units.UnitReading;
import phifleet.equations.units.Units;

class DimensionCheckerTest {
    private static final Symbol E = Symbol.of("E");
    private static final Symbol M = Symbol.of("m");
    private static final Symbol C = Symbol.of("c");
    private static final Symbol P = Symbol.of("p");
    private static final Symbol V = Symbol.of("V");
    private static final Symbol GAMMA = Symbol.of("gamma");

    private static Dimension unit(String text) {
        return switch (Units.standard().read(text)) {
            case UnitReading.Read(var unit) -> unit.dimension();
            case UnitReading.Unreadable wrong -> throw new AssertionError(wrong);
        };
    }

    private static Declarations units(Object... pairs) {
        Map<Expr, Dimension> given = new HashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            given.put((Expr) pairs[i], unit((String) pairs[i + 1]));
        }
        return Declarations.of(given);
    }

    private static DimensionOutcome check(Expr left, Expr right, Declarations declarations) {
        return new DimensionChecker()
                .check(Statement.Relation.equal(left, right), declarations, Budget.ofSteps(100_000));
    }

    private static Expr times(Expr... factors) {
        return new Product(List.of(factors));
    }

    private static Expr plus(Expr... terms) {
        return new Sum(List.of(terms));
    }

    private static Expr pow(Expr base, long exponent) {
        return new Power(base, Num.of(exponent));
    }

    @Test
    void check_massEnergy_isConsistent() {
        assertThat(check(E, times(M, pow(C, 2)), units(E, "J", M, "kg", C, "m/s")))
                .isInstanceOf(DimensionOutcome.Consistent.class);
    }

    @Test
    void check_wrongPower_saysFoundAndExpected() {
        Expr right = times(M, pow(C, 3));
        DimensionOutcome outcome = check(E, right, units(E, "J", M, "kg", C, "m/s"));
        assertThat(outcome).isInstanceOfSatisfying(DimensionOutcome.Mismatch.class, mismatch -> {
            assertThat(mismatch.conflict().rule()).isEqualTo(Rule.SIDES);
            assertThat(mismatch.conflict().where()).isSameAs(right);
            assertThat(mismatch.conflict().found()).isEqualTo("kg·m³·s⁻³");
            assertThat(mismatch.conflict().expected()).isEqualTo("kg·m²·s⁻²");
        });
    }

    @Test
    void check_unknownSymbol_isSolvedFor() {
        DimensionOutcome outcome = check(E, times(M, pow(C, 2)), units(E, "J", M, "kg"));
        assertThat(outcome.symbols()).anySatisfy(symbol -> {
            assertThat(symbol.symbol()).isEqualTo(C);
            assertThat(symbol.unit()).isEqualTo("m/s");
            assertThat(symbol.meaning()).isEqualTo("speed of light");
            assertThat(symbol.source()).isEqualTo(SymbolDimension.Source.SOLVED);
        });
    }

    @Test
    void check_zero_hasAnyDimension() {
        assertThat(check(plus(E, new Negation(M)), Num.of(0), units(E, "kg", M, "kg")))
                .isInstanceOf(DimensionOutcome.Consistent.class);
        assertThat(check(E, Num.of(1), units(E, "J"))).isInstanceOf(DimensionOutcome.Mismatch.class);
    }

    @Test
    void check_symbolicExponent_mustStandOnBothSides() {
        Symbol p2 = Symbol.of("p", "2");
        Symbol v2 = Symbol.of("V", "2");
        Declarations given = units(P, "Pa", p2, "Pa", V, "m^3", v2, "L", GAMMA, "1");
        Expr left = times(P, new Power(V, GAMMA));
        assertThat(check(left, times(p2, new Power(v2, GAMMA)), given)).isInstanceOf(DimensionOutcome.Consistent.class);
        assertThat(check(left, times(p2, pow(v2, 2)), given))
                .isInstanceOfSatisfying(
                        DimensionOutcome.Mismatch.class,
                        mismatch -> assertThat(mismatch.conflict().rule()).isEqualTo(Rule.SYMBOLIC_POWER));
        Expr split = times(P, V, new Power(V, plus(GAMMA, new Negation(Num.of(1)))));
        assertThat(check(split, times(p2, new Power(v2, GAMMA)), given))
                .isInstanceOf(DimensionOutcome.Consistent.class);
    }

    @Test
    void check_logarithms_mayBeDimensionalTogetherButNotAlone() {
        Symbol p2 = Symbol.of("p", "2");
        Declarations given = units(P, "Pa", p2, "Pa", GAMMA, "1", M, "kg");
        Expr difference = plus(Call.of(Function.LOG, p2), new Negation(Call.of(Function.LOG, P)));
        assertThat(check(difference, GAMMA, given)).isInstanceOf(DimensionOutcome.Consistent.class);
        assertThat(check(Call.of(Function.LOG, P), GAMMA, given)).isInstanceOf(DimensionOutcome.Mismatch.class);
        Expr mixed = plus(Call.of(Function.LOG, p2), new Negation(Call.of(Function.LOG, M)));
        assertThat(check(mixed, GAMMA, given)).isInstanceOf(DimensionOutcome.Mismatch.class);
        assertThat(check(Call.of(Function.LOG, p2), plus(Call.of(Function.LOG, P), GAMMA), given))
                .isInstanceOf(DimensionOutcome.Consistent.class);
    }

    @Test
    void check_argumentOfExp_mustBePure() {
        Expr right = Call.of(Function.EXP, new Quotient(E, M));
        assertThat(check(GAMMA, right, units(E, "J", M, "kg", GAMMA, "1")))
                .isInstanceOfSatisfying(
                        DimensionOutcome.Mismatch.class,
                        mismatch -> assertThat(mismatch.conflict().rule()).isEqualTo(Rule.ARGUMENT));
    }

    @Test
    void check_unspecifiedDimension_mustBalance() {
        Symbol u = Symbol.of("u");
        Symbol uMax = Symbol.of("u", "max");
        Declarations open = Declarations.of(Map.of(GAMMA, Dimension.NONE), Set.of(u, uMax));
        assertThat(check(u, times(GAMMA, uMax), open)).isInstanceOf(DimensionOutcome.Consistent.class);
        assertThat(check(u, GAMMA, open)).isInstanceOf(DimensionOutcome.Mismatch.class);
        assertThat(check(u, pow(uMax, 2), open)).isInstanceOf(DimensionOutcome.Mismatch.class);
    }

    @Test
    void check_quantities_carryTheirUnits() {
        Expr sum = plus(new Expr.Quantity(Num.of(5), "km"), new Expr.Quantity(Num.of(200), "m"));
        assertThat(check(sum, new Expr.Quantity(Num.of(6), "mi"), Declarations.NONE))
                .isInstanceOf(DimensionOutcome.Consistent.class);
        assertThat(check(sum, new Expr.Quantity(Num.of(6), "s"), Declarations.NONE))
                .isInstanceOf(DimensionOutcome.Mismatch.class);
    }

    @Test
    void check_spentBudgetOrHugeExponent_isUndetermined() {
        Expr right = pow(pow(pow(M, 999_999), 999_999), 999_999);
        assertThat(check(E, right, units(E, "J", M, "kg"))).isInstanceOf(DimensionOutcome.Undetermined.class);
        DimensionOutcome spent = new DimensionChecker()
                .check(Statement.Relation.equal(E, right), Declarations.NONE, Budget.ofSteps(-2_000));
        assertThat(spent).isInstanceOf(DimensionOutcome.Undetermined.class);
    }
}
