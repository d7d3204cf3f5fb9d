package phifleet.equations;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import phifleet.equations.grammar.token.Warning;

/**
 * The answer: what was checked, what was found, and how sure that is.
 *
 * @param valid whether the verdict is one of agreement
 * @param confidence the probability, 0 to 1, that this verdict is right, by calibration
 * @param betti b0, b1, b2
 * @param chi the alternating sum of all Betti numbers
 * @param phiCoherence 0 to 1, how far the numbers of the equation lie in Q(√5); 0 without any
 * @param explanation some sentences for a student
 * @param processingTimeMs wall time in milliseconds
 * @param normalized the equation as it was understood, in canonical ASCII
 * @param latex the equation as it was understood, in LaTeX, with its numbers and factors as they were written
 * @param evidence what was tried, in order
 * @param dimensions what dimensional analysis found, null where it was not made
 * @param counterexample a point where the sides differ, if one was found
 * @param matchedLaw the law that it equals or nearly equals, if any
 * @param solutions values that make it true, if it was solved
 * @param bettiHigher b3, b4, … if there are any
 * @param loops sum over symbols of (terms that hold it − 1)
 * @param terms the symbols of each additive term, of which {@code betti} is the shape; empty where they hold more than
 *     {@value #MAX_TERM_SYMBOLS} symbols together
 * @param readings where two readings of the text are near: each of them, the one taken first; else empty
 * @param parts the equations of a system, in order; empty where there is one
 * @param warnings readings by convention
 */
public record ValidationReport(
        boolean valid,
        double confidence,
        List<Integer> betti,
        int chi,
        double phiCoherence,
        String explanation,
        double processingTimeMs,
        Verdict verdict,
        String normalized,
        String latex,
        List<Evidence> evidence,
        @Nullable Dimensions dimensions,
        @Nullable CounterexamplePoint counterexample,
        @Nullable MatchedLaw matchedLaw,
        List<Solution> solutions,
        List<Integer> bettiHigher,
        int loops,
        List<List<String>> terms,
        List<Reading> readings,
        List<Part> parts,
        List<Warning> warnings) {
    /** More than anybody looks at, and a bound of what one equation can make of an answer. */
    public static final int MAX_TERM_SYMBOLS = 512;

    public ValidationReport {
        betti = List.copyOf(betti);
        evidence = List.copyOf(evidence);
        solutions = List.copyOf(solutions);
        bettiHigher = List.copyOf(bettiHigher);
        terms = terms.stream().map(List::copyOf).toList();
        readings = List.copyOf(readings);
        parts = List.copyOf(parts);
        warnings = List.copyOf(warnings);
    }

    /**
     * One of several ways to read the text.
     *
     * @param how what makes it this reading
     * @param normalized the equation in canonical ASCII
     * @param taken whether the report is about this one
     */
    public record Reading(
            String how, String normalized, boolean valid, double confidence, Verdict verdict, boolean taken) {}

    /**
     * One of several equations.
     *
     * @param normalized in canonical ASCII
     * @param explanation as for a single equation
     */
    public record Part(String normalized, boolean valid, double confidence, Verdict verdict, String explanation) {}

    /**
     * One thing that was tried.
     *
     * @param kind {@code parsed}, {@code dimensions}, {@code normal_form}, {@code numeric}, {@code law}, {@code solved},
     *     {@code reaction}, {@code components}, {@code calculus}, {@code phi}, {@code budget} or {@code count}; last {@code calibration}, the row of the table the confidence is from
     * @param detail what came of it
     */
    public record Evidence(String kind, String detail) {}

    /**
     * Dimensional analysis.
     *
     * @param consistent null where it could not be decided
     * @param basis {@code units} or {@code convention}
     * @param perSymbol what each symbol was taken to be
     * @param problem what is wrong, in words; null where nothing is
     * @param position where, in UTF-16 units from 0; null where there is no problem or no place
     * @param length how many units
     */
    public record Dimensions(
            @Nullable Boolean consistent,
            String basis,
            List<SymbolMeaning> perSymbol,
            @Nullable String problem,
            @Nullable Integer position,
            @Nullable Integer length) {
        public Dimensions {
            perSymbol = List.copyOf(perSymbol);
        }
    }

    /**
     * What a symbol was taken to be.
     *
     * @param name in canonical ASCII
     * @param dimension such as {@code M·L²·T⁻²}; {@code 1} for a pure number, {@code ?} where undecided
     * @param unit such as {@code J}
     * @param meaning in words, or empty
     * @param source {@code user}, {@code solved}, {@code convention} or {@code free}
     */
    public record SymbolMeaning(String name, String dimension, String unit, String meaning, String source) {}

    /**
     * A point where the sides differ; see {@link phifleet.equations.identity.Counterexample}.
     *
     * @param values by symbol
     */
    public record CounterexamplePoint(
            SortedMap<String, String> values, String left, String right, String difference, int digits) {
        public CounterexamplePoint {
            values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
        }
    }

    /**
     * A law of the table.
     *
     * @param symbols what each symbol of the equation is called in the law
     * @param difference what differs, such as "expected m*v^2/2, found m*v^2"; empty where nothing does
     */
    public record MatchedLaw(String id, String name, String formula, Map<String, String> symbols, String difference) {
        public MatchedLaw {
            symbols = Map.copyOf(symbols);
        }
    }

    /** One value that makes the equation true. {@code exact} tells it from a decimal approximation. */
    public record Solution(String variable, String value, boolean exact) {}
}
