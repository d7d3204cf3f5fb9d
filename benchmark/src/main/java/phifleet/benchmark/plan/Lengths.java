package phifleet.benchmark.plan;

import java.util.List;
import java.util.stream.Collectors;

/** How long the texts of a scenario are. */
public sealed interface Lengths {
    /** Equal shares of texts of exactly these numbers of tokens, special ones included. */
    record Exact(List<Integer> tokens) implements Lengths {
        public Exact {
            tokens = List.copyOf(tokens);
        }
    }

    /** Log-normally spread as sentences are: 8 to 256 tokens, mean 30. */
    record Mixed() implements Lengths {}

    /** The lines of the dataset as they are. */
    record Dataset() implements Lengths {}

    /** A word for files' names and reports; the same for the same lengths. */
    default String label() {
        return switch (this) {
            case Exact(var tokens) -> tokens.stream().map(String::valueOf).collect(Collectors.joining("+"));
            case Mixed() -> "mixed";
            case Dataset() -> "dataset";
        };
    }
}
