package phifleet.worker.residence;

import java.time.Duration;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.serving.ResidentModel;
import phifleet.process.ResidentMemory;

/** Loads models, and has on record what that took. For one thread, beside which requests are served. */
record MeasuredLoading(Residence.Loading loading, LoadHistory history) implements Residence.Loading {

    @Override
    public ResidentModel load(ModelSpec spec) throws ModelException {
        long before = ResidentMemory.bytes();
        long began = System.nanoTime();
        ResidentModel loaded = loading.load(spec);
        history.loaded(
                spec.id(),
                ModelFiles.kind(spec),
                ModelFiles.bytes(spec).orElse(0),
                ResidentMemory.bytes() - before,
                Duration.ofNanos(System.nanoTime() - began));
        return loaded;
    }
}
