package phifleet.equations.dimension;

import org.jspecify.annotations.Nullable;
import phifleet.equations.ast.Expr.Symbol;
import phifleet.equations.units.Dimension;

/**
 * What one symbol was taken to be.
 *
 * @param dimension null where nothing in the statement decides it
 * @param unit as a reader writes it, such as {@code J/K}; {@code 1} for a pure number, {@code ?} where undecided
 * @param meaning in words, empty where the unit was given or solved for
 * @param vouched whether the dimension is given, or the one that the letter has most of all in such company
 */
public record SymbolDimension(
        Symbol symbol, @Nullable Dimension dimension, String unit, String meaning, Source source, boolean vouched) {
    /** Where the dimension comes from. */
    public enum Source {
        /** The request gave it. */
        USER,
        /** The statement leaves only this one. */
        SOLVED,
        /** It is what the letter usually stands for. */
        CONVENTION,
        /** Nothing decides it. */
        FREE
    }
}
