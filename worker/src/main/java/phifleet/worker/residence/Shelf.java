package phifleet.worker.residence;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.common.CopyBounds;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;

/** What can be loaded. For one thread, but for {@link #names}. */
public interface Shelf {

    /**
     * A model as its settings and its files are now, in the newest version that can be read; empty where nothing is known of the
     * name.
     *
     * @param name its id or an alias
     * @param settings its entry as {@code models.yaml} would have it; null for the one there
     * @throws ModelException if the files are not those of a model that can be had
     * @throws phifleet.common.settings.SettingsException if the settings are mistaken, or no version can be read
     */
    Optional<Found> find(String name, @Nullable String settings) throws ModelException, InterruptedException;

    /**
     * Gets the files of a model that are elsewhere, which may take long, so that {@link #find} finds them. What is wrong with its
     * settings is told by that. Thread-safe; models come beside each other.
     *
     * @param settings as above
     * @throws ModelException if they cannot be had
     */
    default void fetch(String name, @Nullable String settings) throws ModelException, InterruptedException {}

    /** The ids that are known of, as it was last read. Thread-safe. */
    Set<String> names();

    /** Those that are loaded when a request names them, as they were listed at the start. Thread-safe. */
    default List<Dormant> dormant() {
        return List.of();
    }

    /**
     * A model that is loaded when a request names it.
     *
     * @param path where its files are; null where they come from elsewhere
     * @param spec as its files had it at the start; null where they could not be read, or nobody looked
     * @param fault why they could not be read; empty where they could
     * @param pinned whether it never goes for another, once it is loaded
     * @param idle after so long without a request it goes; null for never
     * @param remote whether its files come from elsewhere
     * @param copies how many workers of the fleet may hold it
     */
    record Dormant(
            String id,
            List<String> aliases,
            @Nullable Path path,
            @Nullable ModelSpec spec,
            String fault,
            boolean pinned,
            @Nullable Duration idle,
            boolean remote,
            CopyBounds copies) {
        public Dormant {
            aliases = List.copyOf(aliases);
        }
    }

    /**
     * What is to be loaded.
     *
     * @param mark as {@link ModelFolders#mark} has it of its version's files; empty where nothing is known of them
     * @param faults of its newer versions, which cannot be read
     * @param older finds the newest before this one that can be
     */
    record Found(ModelSpec spec, String mark, List<Fault> faults, Older older) {
        public Found {
            faults = List.copyOf(faults);
        }

        /** One without versions. */
        public static Found only(ModelSpec spec) {
            return new Found(spec, "", List.of(), Optional::empty);
        }

        /** The same whose files are marked so. */
        public Found marked(String files) {
            return new Found(spec, files, faults, older);
        }
    }

    /** The way from a version to the one before it. */
    @FunctionalInterface
    interface Older {
        /** Empty where there is none that can be read. */
        Optional<Found> find() throws ModelException, InterruptedException;
    }

    /** Why a version cannot be had. */
    record Fault(String version, String reason) {}
}
