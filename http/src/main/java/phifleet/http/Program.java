package phifleet.http;

import io.vertx.core.http.HttpServerResponse;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;

/** The program behind an edge, as far as the edge has to know it. Thread-safe. */
public interface Program {

    /** Puts the headers that every answer of this program has. */
    void sign(HttpServerResponse response);

    /** The connections of all its servers. */
    Connections connections();

    /** Whether clients had better send their next request elsewhere. */
    boolean isDraining();

    /**
     * A request came. What this gives hears of its end.
     *
     * @param route what it asks for
     */
    Visit began(Route route);

    /** One request, as the program keeps book of it. */
    interface Visit {
        /**
         * It ended: called once.
         *
         * @param status 499 where the client left before its answer
         * @param problem why it was refused; null where it was not
         */
        void ended(Exchange exchange, int status, long nanos, @Nullable Problem problem);

        /**
         * It waits for something of the program's, and keeps nothing of it in use meanwhile. What this gives ends that: called at
         * most once, and not where the request ended before.
         */
        default Runnable waits() {
            return () -> {};
        }

        /**
         * It may last, and is answered in turns: from now on it keeps nothing of the program's in use by itself, but each of its
         * turns does. Called at most once.
         */
        default Turns inTurns() {
            return Turns.FREE;
        }
    }

    /** The turns of one request. */
    @FunctionalInterface
    interface Turns {
        /** Of a program that has nothing to keep. */
        Turns FREE = () -> () -> {};

        /** A turn begins. What this gives ends it: called once. */
        Runnable begin();
    }
}
