package phifleet.worker.residence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import phifleet.inference.ServedModel;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;

/** What a residence does for {@link DemandedModels}. All but {@link #run} and {@link #later} on its own thread. */
interface DemandLoads {
    /** As a model's settings and files are now; empty where nothing is known of it any more. */
    Optional<ModelSpec> find(String id) throws ModelException, InterruptedException;

    /**
     * Gets a model's files, beside all else.
     *
     * @param done hears, on the residence's thread, why they cannot be had; null where they are here
     */
    void fetch(String id, Consumer<@Nullable Exception> done);

    /**
     * Loads a model and has it serve; {@link DemandedModels#loaded} or {@link DemandedModels#failed} hears how it went.
     *
     * @param twice whether there is memory for it in two forms, as for one that serves in the first until the other is there
     */
    void load(String id, boolean twice);

    /**
     * Has a model that serves take the form that it keeps, beside all else.
     *
     * @param done runs on the residence's thread once it has, or cannot
     */
    void settle(String id, Runnable done);

    /** Takes a model out of the worker's state; {@link DemandedModels#closed} hears when nobody has it any more. */
    void dismiss(String id);

    /** All that serve. */
    List<ServedModel> served();

    /** Whether nothing is to be loaded any more. */
    boolean isStopping();

    void run(Runnable step);

    void later(Duration pause, Runnable step);
}
