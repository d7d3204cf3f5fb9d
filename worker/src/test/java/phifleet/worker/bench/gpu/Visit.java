package phifleet.worker.bench.gpu;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import phifleet.inference.engine.EngineSettings;
import phifleet.inference.engine.Engines;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.model.Device;
import phifleet.inference.model.DeviceChoice;
import phifleet.inference.model.ModelException;

/**
 * What a part works with, and where it writes what it finds.
 *
 * @param pretend whether a CPU stands in for the GPU, at a small size
 * @param onnxRuntime the folder of ONNX Runtime's libraries; null for those in the jars
 */
record Visit(Part part, Path out, boolean pretend, @Nullable Path onnxRuntime, ObjectNode found) {

    /** Thrown by a step that this machine cannot do. */
    static final class NotHere extends Exception {
        private static final long serialVersionUID = 1;

        NotHere(String reason) {
            super(reason);
        }
    }

    interface Step {
        void run() throws Exception;
    }

    Engines engines() throws ModelException {
        return new Engines(
                new EngineSettings(cache(), onnxRuntime, EngineSettings.Gpu.USUAL, EngineSettings.AloneThreads.ONE));
    }

    Path cache() {
        return out.resolve("cache");
    }

    /** The first GPU, or the CPU that stands in for it. */
    Provider provider(boolean tf32) {
        return pretend ? Provider.PLAIN_CPU : new Provider.Cuda(0, Provider.GpuMemory.ALL, tf32);
    }

    DeviceChoice device() {
        return pretend ? DeviceChoice.CPU : new DeviceChoice.Only(new Device.Cuda(0));
    }

    /** Keeps what was found so far, so that a part that dies leaves what it had. */
    void save() throws IOException {
        new JsonMapper().writeValue(out.resolve(part.label() + ".json").toFile(), found);
    }

    /** Runs a step. One that fails is written down, fails its part, and does not stop the next. */
    void step(String name, Step step) throws IOException {
        System.out.println(name);
        ObjectNode row = found.withArray(Outcome.STEPS).addObject().put("step", name);
        long start = System.nanoTime();
        try {
            step.run();
            row.put(Outcome.KEY, Outcome.DONE.label());
        } catch (NotHere e) {
            System.out.println(name + " is not here: " + e.getMessage());
            row.put(Outcome.KEY, Outcome.NOT_HERE.label()).put("reason", e.getMessage());
        } catch (Exception | LinkageError e) {
            System.out.println(name + " failed");
            e.printStackTrace(System.out);
            row.put(Outcome.KEY, Outcome.FAILED.label()).put("reason", Objects.toString(e.getMessage(), e.toString()));
        }
        row.put("seconds", (System.nanoTime() - start) / 1e9);
        save();
    }
}
