package phifleet.gateway.history;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;

/**
 * How the requests of each model ended since the last look: an increment and a histogram's count a request. Safe from every thread;
 * {@link #take} is one thread's.
 */
public final class ModelBook {
    /** As many are told apart; callers choose what they name. */
    private static final int MOST = 256;

    /** Stands for all beyond those. */
    private static final String OTHERS = "(others)";

    private final Map<String, ModelCounts> counts = new ConcurrentHashMap<>();
    private final Map<String, ModelCounts> versions = new ConcurrentHashMap<>();

    /** Of one model, by whatever name a request gave it. */
    public ModelCounts of(String name) {
        return of(counts, name);
    }

    /** Of one version of a model, where several have shares of its requests; beside what counts for the model. */
    public ModelCounts of(String model, String version) {
        return of(versions, model + "@" + version);
    }

    private static ModelCounts of(Map<String, ModelCounts> counts, String name) {
        ModelCounts known = counts.get(name);
        if (known != null) {
            return known;
        }
        return counts.computeIfAbsent(counts.size() < MOST ? name : OTHERS, first -> new ModelCounts());
    }

    /**
     * What came since the last call, by model; one to which nothing came has no entry.
     *
     * @param idOf the model's id, by a name of it
     */
    public Map<String, ModelInterval> take(UnaryOperator<String> idOf) {
        return take(counts, idOf);
    }

    /** The same by version, as {@code model@version}. */
    public Map<String, ModelInterval> takeVersions() {
        return take(versions, UnaryOperator.identity());
    }

    private static Map<String, ModelInterval> take(Map<String, ModelCounts> counts, UnaryOperator<String> idOf) {
        Map<String, ModelInterval> intervals = new TreeMap<>();
        counts.forEach((name, count) -> {
            ModelInterval interval = count.take();
            if (interval.requests() > 0) {
                intervals.merge(idOf.apply(name), interval, ModelInterval::and);
            }
        });
        return intervals;
    }
}
