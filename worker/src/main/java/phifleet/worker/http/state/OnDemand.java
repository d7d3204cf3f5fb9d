package phifleet.worker.http.state;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import phifleet.common.CopyBounds;
import phifleet.common.CopyWishes;
import phifleet.common.Problem;

/** The models that are loaded when a request names them. Thread-safe; what takes time is done elsewhere. */
public interface OnDemand {
    /** Of a worker whose models are all loaded at its start. */
    OnDemand NONE = new OnDemand() {
        @Override
        public Optional<Call> call(String name, long deadlineNanos) {
            return Optional.empty();
        }

        @Override
        public Optional<String> ofKind(String kind) {
            return Optional.empty();
        }

        @Override
        public List<Standing> standings() {
            return List.of();
        }

        @Override
        public Memory memory() {
            return new Memory(0, 0);
        }

        @Override
        public void wish(CopyWishes wishes) {}
    };

    /**
     * Asks for a model that is not served: it is loaded, once for all who ask.
     *
     * @param deadlineNanos until then somebody waits for it, on the scale of {@link System#nanoTime}
     * @return empty where no model of this name is loaded so
     */
    Optional<Call> call(String name, long deadlineNanos);

    /** The first that does a task, by the label of its kind; none of which that is not known before it is loaded. */
    Optional<String> ofKind(String kind);

    /** All of them, in the order of the settings. */
    List<Standing> standings();

    Memory memory();

    /**
     * Takes what a gateway would have loaded here, and what it has no use for. It counts for as long as it is said again: what is
     * wished is loaded where that costs no other model that anybody uses, and what is spare goes once nobody here uses it.
     */
    void wish(CopyWishes wishes);

    /** What came of asking. */
    sealed interface Call {
        /**
         * It is on its way.
         *
         * @param done when it is there or is not going to be: whoever waits looks then
         * @param expected how long that still takes
         * @param measured whether that is known from an earlier load
         */
        record Coming(String id, CompletionStage<Void> done, Duration expected, boolean measured) implements Call {}

        /** It cannot be had now, and why. */
        record Refused(Problem problem) implements Call {}
    }

    /** Where a model is in its life. */
    enum State {
        /** Its files are not here. */
        ABSENT,
        /** They are on their way here. */
        DOWNLOADING,
        /** Its files are here, and nothing of it is in memory. */
        ON_DISK,
        LOADING,
        READY,
        /** It takes no new requests, and those that have it are answered. */
        DRAINING;

        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * A model.
     *
     * @param kind the label of its task; empty while that is not known
     * @param load how long its load takes, by the last ones or by the length of its files
     * @param bytes what it takes in memory, in the same way; empty while nothing is known of it
     * @param copies how many workers of the fleet may hold it
     * @param hasRoom whether it could be loaded without another having to go
     * @param reason why it cannot be had now; empty where it can
     */
    record Standing(
            String id,
            List<String> aliases,
            String kind,
            State state,
            Duration load,
            OptionalLong bytes,
            boolean pinned,
            CopyBounds copies,
            boolean hasRoom,
            String reason) {
        public Standing {
            aliases = List.copyOf(aliases);
        }
    }

    /**
     * The memory of models.
     *
     * @param budgetBytes the most that all together may take
     * @param usedBytes what those take that are loaded, are loading or are on their way out
     */
    record Memory(long budgetBytes, long usedBytes) {}

    /** A call for a model that is there by now. */
    static Call there(String id) {
        return new Call.Coming(id, CompletableFuture.completedFuture(null), Duration.ZERO, true);
    }
}
