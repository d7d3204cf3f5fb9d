package phifleet.worker.http.state;

import java.util.function.Supplier;

/** The worker's state, which changes while requests are served. Thread-safe. */
@FunctionalInterface
public interface StateSource extends Supplier<WorkerState> {

    /**
     * Keeps in being what the state names, and whatever later states will name, until it is let go. Whoever uses a model takes
     * one first: each request once, each message of a stream.
     */
    default Hold hold() {
        return Hold.NONE;
    }

    /** Let go exactly once. */
    @FunctionalInterface
    interface Hold extends AutoCloseable {
        /** Of a state that never changes. */
        Hold NONE = () -> {};

        @Override
        void close();
    }
}
