package phifleet.benchmark.targets;

import java.net.URI;
import java.util.Map;

/** A server that is measured. */
public sealed interface TargetSettings {
    String name();

    Dialect dialect();

    /**
     * One that is started here.
     *
     * @param start the script, relative to the repository
     * @param sweep whether its threads are chosen by a sweep: it heeds {@code WORKERS} and {@code THREADS}
     * @param environment variables beside those that every target gets
     */
    record Started(String name, Dialect dialect, String start, boolean sweep, Map<String, String> environment)
            implements TargetSettings {
        public Started {
            environment = Map.copyOf(environment);
        }
    }

    /**
     * One that runs somewhere.
     *
     * @param model what it calls the model
     */
    record Address(String name, Dialect dialect, URI url, String model) implements TargetSettings {}
}
