package phifleet.equations.chance;

import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Call;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.ast.Statement.Relation;
import phifleet.equations.ast.Trees;

/**
 * What the letters are beside means and probabilities.
 *
 * @param variables the names of random quantities: the capitals in a mean or variance, or where there are none all of its letters
 * @param events the names of events, complements by the name of what they complement
 */
record ChanceLetters(SortedSet<String> variables, SortedSet<String> events) {
    private static final Set<Function> MEANS = Set.of(Function.EXPECTATION, Function.VARIANCE, Function.COVARIANCE);
    /** Letters that stand for what is calculated of random quantities. */
    private static final Set<String> PARAMETERS = Set.of("mu", "sigma");

    static ChanceLetters of(Expr side) {
        ChanceLetters letters = new ChanceLetters(new TreeSet<>(), new TreeSet<>());
        Trees.visit(side, letters::add);
        return letters;
    }

    static ChanceLetters of(Relation relation) {
        ChanceLetters letters = new ChanceLetters(new TreeSet<>(), new TreeSet<>());
        relation.sides().forEach(side -> Trees.visit(side, letters::add));
        return letters;
    }

    boolean isEmpty() {
        return variables.isEmpty() && events.isEmpty();
    }

    int count() {
        return variables.size() + events.size();
    }

    private void add(Expr node) {
        if (!(node instanceof Call(Function function, List<Expr> arguments))) {
            return;
        }
        if (MEANS.contains(function)) {
            arguments.forEach(this::addVariables);
        } else if (function == Function.PROBABILITY) {
            addEvents(arguments.getFirst());
        }
    }

    private void addVariables(Expr of) {
        SortedSet<String> all = new TreeSet<>();
        SortedSet<String> capitals = new TreeSet<>();
        for (Symbol symbol : Trees.symbols(of)) {
            if (!PARAMETERS.contains(symbol.base())) {
                all.add(symbol.name());
                if (Character.isUpperCase(symbol.base().charAt(0))) {
                    capitals.add(symbol.name());
                }
            }
        }
        variables.addAll(capitals.isEmpty() ? all : capitals);
    }

    private void addEvents(Expr event) {
        switch (event) {
            case Call(Function _, List<Expr> parts) -> parts.forEach(this::addEvents);
            case Expr.Piecewise _ -> addVariables(event);
            case Symbol symbol -> events.add(complemented(symbol));
            case Expr.Power(Symbol symbol, Symbol _) -> events.add(complemented(symbol));
            case Expr.Power(Expr inner, Symbol _) -> addEvents(inner);
            default -> throw new NotTestable();
        }
    }

    /** The name of an event without the sign of its complement. */
    static String complemented(Symbol symbol) {
        return new Symbol(symbol.base(), symbol.subscript(), "", false).name();
    }
}
