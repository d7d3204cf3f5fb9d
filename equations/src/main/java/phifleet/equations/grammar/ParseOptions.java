package phifleet.equations.grammar;

import java.util.EnumSet;
import java.util.Set;
import java.util.function.Predicate;
import phifleet.equations.grammar.token.Ambiguity;

/**
 * How to read.
 *
 * @param format the spelling, or {@link Format#AUTO}
 * @param declared names the caller has declared, as written: they stay whole
 * @param isUnit whether a text is a unit, such as {@code km} or {@code m/s^2}
 * @param units how readily a number before letters becomes a quantity
 * @param otherwise what is to be read in its second way
 */
public record ParseOptions(
        Format format, Set<String> declared, Predicate<String> isUnit, Units units, Set<Ambiguity> otherwise) {
    public ParseOptions {
        declared = Set.copyOf(declared);
        otherwise = Set.copyOf(otherwise);
    }

    public ParseOptions(Format format, Set<String> declared, Predicate<String> isUnit, Units units) {
        this(format, declared, isUnit, units, Set.of());
    }

    /** When letters behind a number are a unit and not factors. */
    public enum Units {
        /** Only where the spelling says so: {@code 5\,\text{km}}, {@code 90°}, {@code 90_deg}. */
        MARKED,
        /** Also where the whole text reads as sums of quantities, and no letter has another role. */
        CLEAR
    }

    /** Told by looking, nothing declared. */
    public static ParseOptions of(Predicate<String> isUnit) {
        return new ParseOptions(Format.AUTO, Set.of(), isUnit, Units.CLEAR);
    }

    /** The same, with one thing more read in its second way. */
    public ParseOptions otherwise(Ambiguity ambiguity) {
        EnumSet<Ambiguity> more = EnumSet.of(ambiguity);
        more.addAll(otherwise);
        return new ParseOptions(format, declared, isUnit, units, more);
    }
}
