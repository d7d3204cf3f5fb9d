package phifleet.worker.residence;

import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;

/** What can be loaded. For one thread, but for {@link #names}. */
public interface Shelf {

    /**
     * A model as its settings and its files are now; empty where nothing is known of the name.
     *
     * @param name its id or an alias
     * @param settings its entry as {@code models.yaml} would have it; null for the one there
     * @throws ModelException if the files are not those of a model that can be had
     * @throws phifleet.common.settings.SettingsException if the settings are mistaken
     */
    Optional<ModelSpec> find(String name, @Nullable String settings) throws ModelException, InterruptedException;

    /** The ids that are known of, as it was last read. Thread-safe. */
    Set<String> names();
}
