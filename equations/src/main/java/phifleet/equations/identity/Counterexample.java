package phifleet.equations.identity;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A point where the two sides differ, and what they are there. Replayed with {@link #digits} digits before it is announced.
 *
 * @param values a short decimal for each symbol, such as {@code 0.75} or {@code 1.5-0.25i}; empty where there are no symbols
 * @param left the left side, to 20 significant digits
 * @param right the right side
 * @param difference {@code left − right}
 * @param digits with how many decimal digits the sides were calculated
 */
public record Counterexample(
        SortedMap<String, String> values, String left, String right, String difference, int digits) {
    public Counterexample {
        values = Collections.unmodifiableSortedMap(new TreeMap<>(values));
    }
}
