package phifleet.equations.dimension;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.ToIntFunction;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.dimension.DimensionSystem.Kind;
import phifleet.equations.units.Dimension;

/** The dimensions of symbols: those given, and one unknown of the system for each other symbol. */
final class SymbolForms {
    private final DimensionSystem system;
    private final Map<Symbol, Dimension> given;
    private final boolean eulerAllowed;
    private final ToIntFunction<Symbol> rank;
    private final Map<Symbol, Form> special = new HashMap<>();
    private final Map<Expr, Form> parts = new HashMap<>();
    private final Map<Symbol, Integer> unknowns = new LinkedHashMap<>();

    /**
     * @param given by {@link Symbol#plain()}
     * @param eulerAllowed whether the letter e may be Euler's number
     * @param rank of a symbol in {@link DimensionSystem#fresh}
     */
    SymbolForms(
            DimensionSystem system, Map<Symbol, Dimension> given, boolean eulerAllowed, ToIntFunction<Symbol> rank) {
        this.system = system;
        this.given = given;
        this.eulerAllowed = eulerAllowed;
        this.rank = rank;
    }

    /** Gives a symbol a form other than an unknown of its own. */
    void put(Symbol plain, Form form) {
        special.put(plain, form);
    }

    /** Gives an expression that is no symbol a form of its own. */
    void putPart(Expr part, Form form) {
        parts.put(part, form);
    }

    /** The form that an expression was given, if it was given one. */
    Optional<Form> part(Expr expr) {
        return parts.isEmpty() ? Optional.empty() : Optional.ofNullable(parts.get(expr));
    }

    Form form(Symbol symbol) {
        Symbol plain = symbol.plain();
        Dimension known = given.get(plain);
        if (known != null) {
            return Form.of(known);
        }
        Form other = special.get(plain);
        if (other != null) {
            return other;
        }
        Integer id = unknowns.get(plain);
        if (id == null) {
            id = system.fresh(Kind.SYMBOL, rank.applyAsInt(plain));
            unknowns.put(plain, id);
        }
        return Form.unknown(id);
    }

    /** The unknown symbols met so far with their numbers in the system. */
    Map<Symbol, Integer> unknowns() {
        return unknowns;
    }

    Optional<String> name(int id) {
        for (Map.Entry<Symbol, Integer> entry : unknowns.entrySet()) {
            if (entry.getValue() == id) {
                return Optional.of(entry.getKey().name());
            }
        }
        return Optional.empty();
    }

    /** Whether the base of a symbolic power makes it the exponential function. */
    boolean isEuler(Expr base) {
        return base.equals(Expr.Constant.E)
                || (eulerAllowed
                        && base instanceof Symbol symbol
                        && symbol.plain().equals(Symbol.of("e")));
    }
}
