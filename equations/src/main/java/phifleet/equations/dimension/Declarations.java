package phifleet.equations.dimension;

import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import phifleet.equations.ast.Expr;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.ast.Function;
import phifleet.equations.units.Dimension;
import phifleet.equations.units.Exponent;

/**
 * The dimensions that a request gives. Keys may be more than symbols: {@code E(t)} declares E, {@code Δp} and {@code ⟨v⟩}
 * declare p and v unless these are declared themselves, {@code B²} declares B by its root, {@code tan(δ)} makes δ an angle.
 */
public final class Declarations {
    /** No declarations at all. */
    public static final Declarations NONE = new Declarations(Map.of(), Set.of(), Map.of(), Set.of());

    private final Map<Symbol, Dimension> symbols;
    private final Set<Symbol> unspecified;
    private final Map<Expr, Dimension> parts;
    private final Set<Expr> unspecifiedParts;

    private Declarations(
            Map<Symbol, Dimension> symbols,
            Set<Symbol> unspecified,
            Map<Expr, Dimension> parts,
            Set<Expr> unspecifiedParts) {
        this.symbols = Map.copyOf(symbols);
        this.unspecified = Set.copyOf(unspecified);
        this.parts = Map.copyOf(parts);
        this.unspecifiedParts = Set.copyOf(unspecifiedParts);
    }

    /** Declarations by what they are written for. */
    public static Declarations of(Map<? extends Expr, Dimension> given) {
        return of(given, Set.of());
    }

    /**
     * Declarations by what they are written for.
     *
     * @param unspecified what may have any dimension: the statement must then hold whatever that is, so what has an
     *     unspecified dimension on one side must have it on the other side too
     */
    public static Declarations of(Map<? extends Expr, Dimension> given, Set<Expr> unspecified) {
        Map<Symbol, Dimension> symbols = new LinkedHashMap<>();
        given.forEach((key, dimension) -> {
            if (key instanceof Symbol symbol) {
                symbols.put(symbol.plain(), dimension);
            }
        });
        given.forEach((key, dimension) -> derived(key, dimension, symbols));
        Map<Symbol, Dimension> open = new LinkedHashMap<>();
        unspecified.forEach(key -> derived(key, Dimension.NONE, open));
        open.keySet().removeAll(symbols.keySet());
        Map<Expr, Dimension> parts = new HashMap<>(given);
        parts.keySet().removeIf(Symbol.class::isInstance);
        Set<Expr> openParts = new HashSet<>(unspecified);
        openParts.removeIf(Symbol.class::isInstance);
        return new Declarations(symbols, open.keySet(), parts, openParts);
    }

    private static void derived(Expr key, Dimension dimension, Map<Symbol, Dimension> symbols) {
        switch (key) {
            case Symbol symbol -> symbols.putIfAbsent(symbol.plain(), dimension);
            case Expr.Application(Symbol head, var arguments) -> symbols.putIfAbsent(head.plain(), dimension);
            case Expr.Call(Function function, var arguments)
            when arguments.size() == 1 -> {
                switch (FunctionRule.of(function)) {
                    case KEEPS -> derived(arguments.getFirst(), dimension, symbols);
                    case PURE -> derived(arguments.getFirst(), Dimension.NONE, symbols);
                    case SQUARE_ROOT -> derived(arguments.getFirst(), dimension.pow(2), symbols);
                    case FORGETS, INVERTS, SQUARES, MULTIPLIES, EVENT, CONDITION, ROOT, UNKNOWN -> {}
                }
            }
            case Expr.Power(Expr base, Expr exponent) -> {
                Optional<Exponent> power = Exponents.number(exponent);
                if (power.isPresent() && !power.get().isZero()) {
                    derived(base, dimension.pow(Exponent.ONE.over(power.get())), symbols);
                }
            }
            default -> {}
        }
    }

    boolean isEmpty() {
        return symbols.isEmpty() && unspecified.isEmpty() && parts.isEmpty() && unspecifiedParts.isEmpty();
    }

    /** These, with others for what nothing is given. */
    public Declarations orElse(Map<Symbol, Dimension> others) {
        Map<Symbol, Dimension> all = new LinkedHashMap<>(others);
        all.keySet().removeAll(unspecified);
        all.putAll(symbols);
        return new Declarations(all, unspecified, parts, unspecifiedParts);
    }

    /** The declared symbols, by {@link Symbol#plain()}. */
    Map<Symbol, Dimension> symbols() {
        return symbols;
    }

    /** Symbols whose dimension is declared to be open, by {@link Symbol#plain()}. */
    Set<Symbol> unspecified() {
        return unspecified;
    }

    /** Declared expressions that are no symbols, such as {@code E(t)} and {@code ⟨v⟩}: they stand before their symbols. */
    Map<Expr, Dimension> parts() {
        return parts;
    }

    /** As {@link #parts}, with an open dimension. */
    Set<Expr> unspecifiedParts() {
        return unspecifiedParts;
    }
}
