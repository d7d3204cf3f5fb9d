package phifleet.equations.topology;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Num;
import phifleet.equations.ast.Expr.Power;
import phifleet.equations.ast.Expr.Product;
import phifleet.equations.ast.Expr.Quotient;
import phifleet.equations.ast.Expr.Sum;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Statement.Reaction.Species;
import phifleet.equations.budget.Budget;

class TopologyTest {
    private static final Expr X = Symbol.of("x");
    private static final Num ONE = Num.of(1);
    private static final Num TWO = Num.of(2);

    private static void assertShape(Expr left, Expr right, List<Integer> betti, int chi, int loops) {
        assertThat(Topology.of(Statement.Relation.equal(left, right), Budget.ofSteps(1_000_000)))
                .isEqualTo(new TopologyOutcome.Measured(betti, chi, loops));
    }

    private static Expr product(String letters) {
        return new Product(letters.chars()
                .mapToObj(c -> (Expr) Symbol.of(String.valueOf((char) c)))
                .toList());
    }

    private static Expr over(String letter) {
        return new Quotient(ONE, Symbol.of(letter));
    }

    @Test
    void of_massEnergy_hasTwoGroups() {
        Expr right = new Product(List.of(Symbol.of("m"), new Power(Symbol.of("c"), TWO)));
        assertShape(Symbol.of("E"), right, List.of(2, 0, 0), 2, 0);
    }

    @Test
    void of_idealGas_hasTwoGroups() {
        assertShape(product("PV"), product("nRT"), List.of(2, 0, 0), 2, 0);
    }

    @Test
    void of_gaussLaw_hasTwoGroups() {
        Expr left = new Expr.Nabla(Expr.Nabla.Kind.DIV, new Symbol("E", "", "", true));
        Expr right = new Quotient(Symbol.of("rho"), Symbol.of("epsilon", "0"));
        assertShape(left, right, List.of(2, 0, 0), 2, 0);
    }

    @Test
    void of_goldenEquation_keepsPhiAsVertex() {
        Expr phi = Symbol.of("phi");
        assertShape(new Power(phi, TWO), new Sum(List.of(phi, ONE)), List.of(1, 0, 0), 1, 1);
        Expr golden = Expr.Constant.GOLDEN;
        assertShape(new Power(golden, TWO), new Sum(List.of(golden, ONE)), List.of(1, 0, 0), 1, 1);
    }

    @Test
    void of_pythagoreanIdentity_hasOneLoop() {
        Expr left =
                new Sum(List.of(new Power(Call.of(Function.SIN, X), TWO), new Power(Call.of(Function.COS, X), TWO)));
        assertShape(left, ONE, List.of(1, 0, 0), 1, 1);
    }

    @Test
    void of_lensProducts_hasOneCycle() {
        assertShape(product("uv"), new Sum(List.of(product("fv"), product("fu"))), List.of(1, 1, 0), 0, 3);
    }

    @Test
    void of_lensReciprocals_hasThreeGroups() {
        assertShape(over("f"), new Sum(List.of(over("u"), over("v"))), List.of(3, 0, 0), 3, 0);
    }

    @Test
    void of_fourTriples_isAHollowShell() {
        Expr left = new Sum(List.of(product("abc"), product("abd"), product("acd"), product("bcd")));
        assertShape(left, Num.of(0), List.of(1, 0, 1), 2, 8);
    }

    @Test
    void of_factoredProduct_isMultipliedOut() {
        Expr factored = new Product(
                List.of(Symbol.of("u"), new Sum(List.of(Symbol.of("a"), new Expr.Negation(Symbol.of("b"))))));
        Expr plain = new Sum(List.of(product("ua"), new Expr.Negation(product("ub"))));
        assertThat(Topology.of(new Statement.Bare(factored), Budget.ofSteps(1_000)))
                .isEqualTo(Topology.of(new Statement.Bare(plain), Budget.ofSteps(1_000)));
    }

    @Test
    void of_squareOfSum_countsTheMixedTermOnce() {
        Expr square = new Power(new Sum(List.of(Symbol.of("a"), Symbol.of("b"))), TWO);
        assertThat(Topology.of(new Statement.Bare(square), Budget.ofSteps(1_000)))
                .isEqualTo(new TopologyOutcome.Measured(List.of(1, 0, 0), 1, 2));
    }

    @Test
    void of_productOfManySums_staysBounded() {
        Expr sum = new Sum(List.of(Symbol.of("a"), Symbol.of("b"), Symbol.of("c"), Symbol.of("d")));
        Expr large = new Product(Collections.nCopies(100, sum));
        assertThat(Topology.of(new Statement.Bare(large), Budget.ofSteps(1_000_000))
                        .loops())
                .isPositive();
    }

    @Test
    void of_boundedSum_leavesOutTheIndex() {
        Expr series = new Expr.Series(
                Expr.Series.Kind.SUM,
                new Product(List.of(Symbol.of("k"), X)),
                new Expr.Range(Symbol.of("k"), ONE, Symbol.of("n")));
        assertThat(Topology.of(new Statement.Bare(new Sum(List.of(series, Symbol.of("k")))), Budget.ofSteps(1_000)))
                .isEqualTo(new TopologyOutcome.Measured(List.of(2, 0, 0), 2, 0));
    }

    @Test
    void of_reaction_takesElementsAsSymbols() {
        Species hydrogen = species("H2", "H");
        Species oxygen = species("O2", "O");
        Species water = species("H2O", "H", "O");
        assertThat(Topology.of(
                        new Statement.Reaction(List.of(hydrogen, oxygen), List.of(water), false, List.of()),
                        Budget.ofSteps(1_000)))
                .isEqualTo(new TopologyOutcome.Measured(List.of(1, 0, 0), 1, 2));
    }

    private static Species species(String formula, String... elements) {
        TreeMap<String, BigInteger> atoms = new TreeMap<>();
        for (String element : elements) {
            atoms.put(element, BigInteger.TWO);
        }
        return new Species(BigInteger.ONE, formula, atoms, 0);
    }
}
