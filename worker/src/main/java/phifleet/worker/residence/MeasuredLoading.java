package phifleet.worker.residence;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Residency;
import phifleet.inference.serving.ResidentModel;
import phifleet.process.ResidentMemory;

/**
 * Loads models, and has on record what that took. A model that serves in a first form takes its memory later, when it takes the one
 * that it keeps: what the process grew by till then is on record where nothing else was loaded meanwhile. For one thread, beside which
 * requests are served.
 */
final class MeasuredLoading implements Residence.Loading {
    private final Residence.Loading loading;
    private final LoadHistory history;
    private final Map<String, Begun> begun = new HashMap<>();
    private long loads;

    /**
     * A load whose model has yet to settle.
     *
     * @param number of the load, of all
     * @param resident bytes of the process before it
     */
    private record Begun(ModelSpec spec, long number, long resident, Duration time) {}

    MeasuredLoading(Residence.Loading loading, LoadHistory history) {
        this.loading = loading;
        this.history = history;
    }

    @Override
    public ResidentModel load(ModelSpec spec) throws ModelException {
        loads++;
        long before = ResidentMemory.bytes();
        long began = System.nanoTime();
        ResidentModel loaded = loading.load(spec);
        Duration time = Duration.ofNanos(System.nanoTime() - began);
        if (spec.residency() == Residency.MAPPED_FIRST) {
            begun.put(spec.id(), new Begun(spec, loads, before, time));
            // As much as it is sure to take; that and the time are known from now on.
            record(spec, bytes(spec), time);
        } else {
            record(spec, ResidentMemory.bytes() - before, time);
        }
        return loaded;
    }

    /** A model is there in the form that it keeps, and no other. */
    void settled(String id) {
        Begun load = begun.remove(id);
        if (load != null && load.number() == loads) {
            record(load.spec(), ResidentMemory.bytes() - load.resident(), load.time());
        }
    }

    private void record(ModelSpec spec, long grown, Duration time) {
        history.loaded(spec.id(), ModelFiles.kind(spec), bytes(spec), grown, time);
    }

    private static long bytes(ModelSpec spec) {
        return ModelFiles.bytes(spec).orElse(0);
    }
}
