package phifleet.equations.dimension;

import java.util.List;

/** What dimensional analysis says of a statement. */
public sealed interface DimensionOutcome {
    /** What each symbol was taken to be, in order of appearance. */
    List<SymbolDimension> symbols();

    /** On what a verdict rests. */
    enum Basis {
        /** The units of the request, or no units at all: it holds whatever the letters mean. */
        UNITS,
        /** The usual meanings of the letters. */
        CONVENTION
    }

    /**
     * No rule is broken.
     *
     * @param priorGap how much less likely, as a natural logarithm, the meanings are that make it consistent than the
     *     likeliest meanings of the letters; 0 with {@link Basis#UNITS}
     */
    record Consistent(Basis basis, List<SymbolDimension> symbols, double priorGap, List<String> warnings)
            implements DimensionOutcome {}

    /**
     * A rule is broken; {@code symbols} are the meanings under which {@code conflict} was found.
     *
     * @param priorGap as in {@link Consistent}, of the likeliest consistent meanings that were found unlikely, or
     *     infinity where there are none
     */
    record Mismatch(Basis basis, Conflict conflict, List<SymbolDimension> symbols, double priorGap)
            implements DimensionOutcome {}

    /** It could not be decided: the budget was spent, or a number was out of range. */
    record Undetermined(String reason, List<SymbolDimension> symbols) implements DimensionOutcome {}
}
