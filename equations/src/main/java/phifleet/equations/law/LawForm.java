package phifleet.equations.law;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement;
import phifleet.equations.ast.Trees;
import phifleet.equations.budget.Budget;
import phifleet.equations.exact.CanonicalEquation;
import phifleet.equations.units.Dimension;

/**
 * An equation as the index sees it: canonical up to algebra, with each symbol's dimension.
 *
 * <p>Notation that does not change a law is taken away before: arrows on vectors, arguments of quantities ({@code E(t)}
 * is E), and the marks of a mean or a change on a symbol, which make symbols of their own ({@code ΔT} is one quantity).
 *
 * @param dimensions by canonical name; a null value cannot occur, an unknown dimension is absent
 * @param vouched names of the symbols whose dimension is given or is what the letter stands for most of all
 */
record LawForm(CanonicalEquation canonical, Map<String, Dimension> dimensions, Set<String> vouched) {
    /** To be raised where the forms of the table's laws change: an index of the ones before is not used then. */
    static final int VERSION = 2;

    private static final Symbol PLANCK = Symbol.of("h");

    /** Steps for the canonical form: more than any law of the table takes, some ms. */
    private static final int MAX_STEPS = 12_000;
    /** Nodes past which an equation is not looked up; the longest law of the table has 30. */
    private static final int MAX_NODES = 45;
    /** Terms past which an equation is no law that anybody knows by heart. */
    private static final int MAX_TERMS = 64;

    /** The form of a law; empty where algebra leaves nothing of it. The same at each call. */
    static Optional<LawForm> of(KnownLaw law) {
        Map<Symbol, Dimension> dimensions = law.dimensions();
        return of(law.statement(), dimensions, dimensions.keySet(), Budget.ofSteps(MAX_STEPS));
    }

    /**
     * The form of an equation.
     *
     * @param given the dimensions of its symbols, as far as they are known
     * @param vouched those of them whose dimension can be relied on
     */
    static Optional<LawForm> of(
            Statement.Relation relation, Map<Symbol, Dimension> given, Set<Symbol> vouched, Budget budget) {
        if (relation.sides().size() != 2
                || Trees.nodeCount(relation.left()) + Trees.nodeCount(relation.right()) > MAX_NODES) {
            return Optional.empty();
        }
        Notes notes = new Notes(given, vouched);
        Set<Symbol> evaluated = evaluatedTwice(relation);
        boolean reduced = !Trees.symbols(relation).contains(PLANCK);
        Expr left = plain(relation.left(), evaluated, reduced, notes);
        Expr right = plain(relation.right(), evaluated, reduced, notes);
        return CanonicalEquation.of(left, right, budget.part(MAX_STEPS))
                .filter(canonical -> canonical.polynomial().size() <= MAX_TERMS)
                .filter(canonical -> !canonical.symbols().isEmpty())
                .map(canonical -> {
                    notes.dimensions.keySet().retainAll(canonical.symbols());
                    return new LawForm(canonical, notes.dimensions, notes.names);
                });
    }

    /** Quantities that stand there with unlike arguments, such as the E of {@code E(t_1) - E(t_0)}. */
    private static Set<Symbol> evaluatedTwice(Statement.Relation relation) {
        Map<Symbol, List<Expr>> arguments = new HashMap<>();
        Set<Symbol> twice = new HashSet<>();
        Trees.visit(relation, node -> {
            if (node instanceof Expr.Application(Symbol head, var at)) {
                List<Expr> before = arguments.putIfAbsent(head.plain(), at);
                if (before != null && !before.equals(at)) {
                    twice.add(head.plain());
                }
            }
        });
        return twice;
    }

    /** With ħ as h/2π where {@code reduced}: laws are written with either. */
    private static Expr plain(Expr side, Set<Symbol> twice, boolean reduced, Notes notes) {
        return Trees.rewrite(side, node -> switch (node) {
            case Symbol symbol
            when reduced && symbol.name().equals("hbar") ->
                new Expr.Quotient(
                        notes.noted(PLANCK, symbol), new Expr.Product(List.of(Expr.Num.of(2), Expr.Constant.PI)));
            case Symbol symbol -> notes.noted(symbol.plain(), symbol);
            case Expr.Application(Symbol head, var arguments) -> {
                Symbol plain = head.plain();
                Symbol name = twice.contains(plain)
                        ? new Symbol(plain.base() + arguments, plain.subscript(), plain.mark(), false)
                        : plain;
                yield notes.noted(name, plain);
            }
            case Expr.Call(Function function, var arguments)
            when isMark(function) && arguments.getFirst() instanceof Symbol symbol -> {
                Symbol marked =
                        new Symbol(function.spelling() + symbol.base(), symbol.subscript(), symbol.mark(), false);
                yield notes.noted(marked, symbol);
            }
            default -> node;
        });
    }

    private static boolean isMark(Function function) {
        return function == Function.CHANGE
                || function == Function.AVERAGE
                || function == Function.DIFFERENTIAL
                || function == Function.VARIATION;
    }

    /** What is known of the symbols of a form, gathered while it is made. */
    private static final class Notes {
        private final Map<Symbol, Dimension> given;
        private final Set<Symbol> vouched;
        private final Map<String, Dimension> dimensions = new HashMap<>();
        private final Set<String> names = new HashSet<>();

        Notes(Map<Symbol, Dimension> given, Set<Symbol> vouched) {
            this.given = given;
            this.vouched = vouched;
        }

        Symbol noted(Symbol name, Symbol origin) {
            Dimension dimension = given.get(origin.plain());
            if (dimension != null) {
                dimensions.put(name.name(), dimension);
            }
            if (vouched.contains(origin.plain())) {
                names.add(name.name());
            }
            return name;
        }
    }

    /** A node without the arrow of a vector. */
    static Expr scalar(Expr node) {
        return node instanceof Symbol symbol ? symbol.plain() : node;
    }

    /** What equal laws share: the shape, and how many symbols of each dimension there are. */
    String key() {
        Map<String, Integer> counts = new TreeMap<>();
        for (String name : canonical.symbols()) {
            Dimension dimension = dimensions.get(name);
            counts.merge(dimension == null ? "?" : dimension.toString(), 1, Integer::sum);
        }
        return canonical.shape() + counts;
    }

    /** Of a name; null where it is not known. */
    @Nullable
    Dimension dimension(String name) {
        return dimensions.get(name);
    }

    /** Whether each symbol's dimension is known. */
    boolean isComplete() {
        return dimensions.size() == canonical.symbols().size();
    }
}
