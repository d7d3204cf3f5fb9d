package phifleet.worker.http.state;

import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetChanges;

/** The models that can be loaded and unloaded while others serve. Thread-safe; what takes time is done elsewhere. */
public interface ModelRepository {
    /** Of a worker whose models stay as they are. */
    ModelRepository FIXED = new ModelRepository() {
        private final FleetChanges none = new FleetChanges();

        @Override
        public FleetChanges changes() {
            return none;
        }

        @Override
        public List<Entry> absent() {
            return List.of();
        }

        @Override
        public CompletionStage<Change> load(String name, @Nullable String settings) {
            return CompletableFuture.completedStage(new Change.Unknown());
        }

        @Override
        public CompletionStage<Change> unload(String name) {
            return CompletableFuture.completedStage(new Change.Unknown());
        }
    };

    /** What is known by its name and not served, and of what is served the versions that could not be had. By name. */
    List<Entry> absent();

    /**
     * Loads a model as its settings have it now, beside the one of this name that serves; then that one is served in its place. Where
     * it fails, all stays as it was.
     *
     * @param name its id or an alias
     * @param settings its entry as {@code models.yaml} would have it, in place of the one there; null for that
     */
    CompletionStage<Change> load(String name, @Nullable String settings);

    /** Serves a model no more; requests that have it are answered. Nothing is to be done for one that is not served. */
    CompletionStage<Change> unload(String name);

    /** What this worker did as all of the fleet did, which those that join later are to do too. */
    FleetChanges changes();

    /** What the answers of a model that serves are held against; nothing where nothing is known of it. */
    default Optional<Golden> golden(String id) {
        return Optional.empty();
    }

    /**
     * Known answers.
     *
     * @param file as the model's entry names it
     * @param answers what they are of, in a word
     * @param count how many
     * @param cosine how like the known one the worst was when they were last run
     * @param least what that must not fall below
     * @param checkedAt when that was
     */
    record Golden(String file, String answers, int count, double cosine, double least, Instant checkedAt) {
        /** All of it in one line. */
        public String line() {
            return String.format(
                    Locale.ROOT,
                    "held against %d %s of %s: cosine %.6f, at least %.4f",
                    count,
                    answers,
                    file,
                    cosine,
                    least);
        }
    }

    /** How a change ended. */
    sealed interface Change {
        record Done() implements Change {}

        /** Nothing is known of this name. */
        record Unknown() implements Change {}

        /** It was not done, and why; what was served is. */
        record Failed(String reason) implements Change {}

        /** The worker is starting or stopping. */
        record NotNow() implements Change {}
    }

    /**
     * One that is not served.
     *
     * @param version empty for the model as a whole
     * @param loading whether it soon will be
     * @param reason why it is not; empty where nobody asked for it
     */
    record Entry(String name, String version, boolean loading, String reason) {
        /** In Triton's words. */
        public String state() {
            return loading ? "LOADING" : "UNAVAILABLE";
        }
    }
}
