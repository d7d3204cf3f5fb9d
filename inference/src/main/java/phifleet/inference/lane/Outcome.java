package phifleet.inference.lane;

import java.util.List;
import java.util.function.Function;

/**
 * How an accepted submission ended. Each ends exactly once.
 *
 * @param <O> one output
 */
public sealed interface Outcome<O> {

    /** Every input was run; outputs in the order of the inputs. */
    record Completed<O>(List<O> outputs, Timing timing) implements Outcome<O> {}

    /** The deadline came first; what had not reached the device never did. */
    record Expired<O>(Timing timing) implements Outcome<O> {}

    /** The caller no longer waits. */
    record Cancelled<O>() implements Outcome<O> {}

    /** The model cannot take one of the inputs, as it says itself. */
    record Rejected<O>(String message) implements Outcome<O> {}

    /** The model failed on a batch that held one of the inputs. */
    record Failed<O>(String message) implements Outcome<O> {}

    /** The same end, with others made of the outputs where there are any. */
    default <T> Outcome<T> with(Function<List<O>, List<T>> made) {
        return switch (this) {
            case Completed<O>(List<O> outputs, Timing timing) -> new Completed<>(made.apply(outputs), timing);
            case Expired<O>(Timing timing) -> new Expired<>(timing);
            case Cancelled<O>() -> new Cancelled<>();
            case Rejected<O>(String message) -> new Rejected<>(message);
            case Failed<O>(String message) -> new Failed<>(message);
        };
    }
}
