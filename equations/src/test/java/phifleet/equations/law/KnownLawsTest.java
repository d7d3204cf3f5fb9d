package phifleet.equations.law;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.dimension.Declarations;
import phifleet.equations.dimension.DimensionChecker;
import phifleet.equations.dimension.DimensionOutcome;
import phifleet.equations.grammar.EquationParser;
import phifleet.equations.grammar.Format;
import phifleet.equations.grammar.ParseOptions;
import phifleet.equations.grammar.ParseResult;
import phifleet.equations.units.Dimension;
import phifleet.equations.units.UnitReading;
import phifleet.equations.units.Units;

class KnownLawsTest {
    private static final KnownLaws LAWS = KnownLaws.standard();

    private static Budget budget() {
        return Budget.ofSteps(1_000_000);
    }

    private static Statement.Relation parse(String equation, Set<String> names) {
        ParseOptions options = new ParseOptions(Format.ASCII, names, text -> false, ParseOptions.Units.MARKED);
        if (EquationParser.parse(equation, options) instanceof ParseResult.Parsed parsed
                && parsed.statement() instanceof Statement.Relation relation) {
            return relation;
        }
        throw new AssertionError(equation);
    }

    /** Units as {@code E=J m=kg}. */
    private static LawMatch match(String equation, String units) {
        Map<Symbol, Dimension> dimensions = new HashMap<>();
        for (String pair : units.split(" ", -1)) {
            String name = pair.substring(0, pair.indexOf('='));
            int underscore = name.indexOf('_');
            Symbol symbol = underscore < 0
                    ? Symbol.of(name)
                    : Symbol.of(name.substring(0, underscore), name.substring(underscore + 1));
            UnitReading unit = Units.standard().read(pair.substring(pair.indexOf('=') + 1));
            dimensions.put(symbol, ((UnitReading.Read) unit).unit().dimension());
        }
        Set<String> names =
                Set.copyOf(dimensions.keySet().stream().map(Symbol::name).toList());
        return LAWS.match(parse(equation, names), dimensions, dimensions.keySet(), true, budget());
    }

    private static LawMatch matchByConvention(String equation) {
        Statement.Relation relation = parse(equation, Set.of());
        Map<Symbol, Dimension> dimensions = new HashMap<>();
        Set<Symbol> vouched = new HashSet<>();
        DimensionOutcome outcome = new DimensionChecker().check(relation, Declarations.NONE, budget());
        outcome.symbols().forEach(symbol -> {
            if (symbol.dimension() != null) {
                dimensions.put(symbol.symbol(), symbol.dimension());
            }
            if (symbol.vouched()) {
                vouched.add(symbol.symbol());
            }
        });
        return LAWS.match(relation, dimensions, vouched, false, budget());
    }

    @Test
    void table_everyLaw_isDimensionallyConsistent() {
        List<String> wrong = new ArrayList<>();
        for (KnownLaw law : LAWS.all()) {
            DimensionOutcome outcome =
                    new DimensionChecker().check(law.statement(), Declarations.of(law.dimensions()), budget());
            if (!(outcome instanceof DimensionOutcome.Consistent)) {
                wrong.add(law.id() + ": " + outcome);
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(LAWS.all()).hasSizeGreaterThan(900);
    }

    @Test
    void match_everyLaw_findsItself() {
        List<String> wrong = new ArrayList<>();
        for (KnownLaw law : LAWS.all()) {
            LawMatch match = LAWS.match(
                    law.statement(), law.dimensions(), law.dimensions().keySet(), true, budget());
            boolean same = match instanceof LawMatch.Same(KnownLaw found, var names)
                    && names.entrySet().stream()
                            .allMatch(entry -> entry.getKey().equals(entry.getValue()))
                    && found.units().keySet().equals(law.units().keySet());
            if (!same) {
                wrong.add(law.id() + ": " + match);
            }
        }
        assertThat(wrong).isEmpty();
    }

    @Test
    void match_everyProductLaw_isFoundSolvedForEachOfItsSymbols() {
        List<String> wrong = new ArrayList<>();
        int tried = 0;
        for (KnownLaw law : LAWS.all()) {
            for (Statement.Relation solved : Rearrangements.of(law.statement())) {
                tried++;
                LawMatch match =
                        LAWS.match(solved, law.dimensions(), law.dimensions().keySet(), true, budget());
                if (!(match instanceof LawMatch.Same same)
                        || !same.law().units().keySet().equals(law.units().keySet())) {
                    wrong.add(law.id() + ": " + solved + " " + match);
                }
            }
        }
        assertThat(wrong).isEmpty();
        assertThat(tried).isGreaterThan(500);
    }

    @ParameterizedTest
    @CsvSource({
        "E = m*c^2, mass-energy",
        "m = E/c^2, mass-energy",
        "E/m = c^2, mass-energy",
        "c = sqrt(E/m), mass-energy"
    })
    void match_massEnergyInAnyForm_isOneLaw(String equation, String id) {
        assertThat(match(equation, "E=J m=kg c=m/s"))
                .isInstanceOfSatisfying(
                        LawMatch.Same.class, same -> assertThat(same.law().id()).isEqualTo(id));
        assertThat(matchByConvention(equation))
                .isInstanceOfSatisfying(
                        LawMatch.Same.class, same -> assertThat(same.law().id()).isEqualTo(id));
    }

    @Test
    void match_otherLettersWithUnits_givesTheNames() {
        assertThat(match("X = w*q", "X=N w=kg q=m/s^2")).isInstanceOfSatisfying(LawMatch.Same.class, same -> {
            assertThat(same.law().id()).isEqualTo("newton-second");
            assertThat(same.names())
                    .containsEntry("X", "F")
                    .containsEntry("w", "m")
                    .containsEntry("q", "a");
        });
    }

    @Test
    void match_otherLettersWithoutUnits_doesNotGuess() {
        assertThat(matchByConvention("F = -b/v")).isInstanceOf(LawMatch.None.class);
    }

    @Test
    void match_exchangedNames_isNotTheLaw() {
        assertThat(match("H = G - T*S", "H=J G=J T=K S=J/K"))
                .isInstanceOfSatisfying(
                        LawMatch.Differs.class,
                        differs -> assertThat(differs.difference()).isEqualTo(LawMatch.Difference.SIGN));
    }

    @Test
    void match_missingFactor_saysSo() {
        assertThat(matchByConvention("K = m*v^2")).isInstanceOfSatisfying(LawMatch.Differs.class, differs -> {
            assertThat(differs.law().equation()).isEqualTo("K = m*v^2/2");
            assertThat(differs.difference()).isEqualTo(LawMatch.Difference.FACTOR);
        });
        assertThat(match("T = sqrt(l/g)", "T=s l=m g=m/s^2")).isInstanceOf(LawMatch.Differs.class);
    }

    @Test
    void match_wrongSignOrExponent_saysWhich() {
        assertThat(matchByConvention("G = H + T*S"))
                .isInstanceOfSatisfying(
                        LawMatch.Differs.class,
                        differs -> assertThat(differs.difference()).isEqualTo(LawMatch.Difference.SIGN));
        assertThat(match("E = m*c^3", "m=kg c=m/s")).isInstanceOfSatisfying(LawMatch.Differs.class, differs -> {
            assertThat(differs.difference()).isEqualTo(LawMatch.Difference.EXPONENT);
            assertThat(differs.detail()).isEqualTo("has c^2, not c^3");
        });
    }

    @Test
    void match_constant_isNoVariable() {
        assertThat(match("E = m*v^2", "E=J m=kg v=m/s")).isNotInstanceOf(LawMatch.Same.class);
        assertThat(match("x = 3*y", "x=1 y=1")).isInstanceOf(LawMatch.None.class);
    }

    /** A law of two products, solved for each symbol that stands in it once; a sum under a root is another matter. */
    private static final class Rearrangements {
        private Rearrangements() {}

        static List<Statement.Relation> of(Statement.Relation law) {
            List<Statement.Relation> solved = new ArrayList<>();
            Expr left = law.left();
            boolean[] hasSum = new boolean[1];
            Trees.visit(law, node -> hasSum[0] |= node instanceof Expr.Sum);
            Expr product = law.right() instanceof Quotient(Expr top, Expr bottom) && top instanceof Product
                    ? top
                    : law.right();
            if (hasSum[0] || !(left instanceof Symbol) || !(product instanceof Product(List<Expr> factors))) {
                return solved;
            }
            for (Expr factor : factors) {
                List<Expr> others = new ArrayList<>(factors);
                others.remove(factor);
                if (law.right() instanceof Quotient(Expr top, Expr bottom)) {
                    others.add(new Quotient(Num.of(1), bottom));
                }
                Expr rest = new Quotient(left, others.size() == 1 ? others.getFirst() : new Product(others));
                if (factor instanceof Symbol) {
                    solved.add(Statement.Relation.equal(factor, rest));
                } else if (factor instanceof Power(Symbol base, Num power) && power.is(2)) {
                    solved.add(
                            Statement.Relation.equal(base, Expr.Call.of(phifleet.equations.ast.Function.SQRT, rest)));
                }
            }
            return solved;
        }
    }
}
