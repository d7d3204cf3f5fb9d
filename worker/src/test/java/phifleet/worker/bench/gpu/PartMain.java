package phifleet.worker.bench.gpu;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import phifleet.inference.engine.EngineSettings;
import phifleet.inference.engine.Engines;
import phifleet.inference.engine.onnx.Provider;
import phifleet.inference.model.Device;
import phifleet.inference.model.DeviceChoice;
import phifleet.inference.model.ModelException;

/**
 * One part in this process: {@code PartMain PART OUT [--pretend]}. What it finds is written as it is found, so that a part that
 * dies leaves what it had.
 */
public final class PartMain {
    private PartMain() {}

    /**
     * What a part works with.
     *
     * @param pretend whether a CPU stands in for the GPU, at a small size
     * @param onnxRuntime the folder of ONNX Runtime's libraries; null for those in the jars
     */
    record Visit(
            Part part, Path out, boolean pretend, @Nullable Path onnxRuntime, ObjectNode found) {
        Engines engines() throws ModelException {
            return new Engines(new EngineSettings(cache(), onnxRuntime, EngineSettings.Gpu.USUAL));
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

        /** Keeps what was found so far, and says it. */
        void save() throws Exception {
            new JsonMapper().writeValue(out.resolve(part.label() + ".json").toFile(), found);
        }

        /** Runs a step that may fail without ending the part: a failure is a finding. */
        void step(String name, Step step) throws Exception {
            System.out.println(name);
            try {
                step.run();
            } catch (Exception | LinkageError e) {
                System.out.println(name + " failed: " + e);
                found.put(name + " failed", String.valueOf(e.getMessage()));
            }
            save();
        }
    }

    interface Step {
        void run() throws Exception;
    }

    public static void main(String[] arguments) throws Exception {
        Part part = Part.valueOf(arguments[0]);
        String library = System.getenv("PHI_ONNXRUNTIME_LIBRARY");
        boolean pretend = List.of(arguments).contains("--pretend");
        Visit visit = new Visit(
                part,
                Path.of(arguments[1]),
                pretend,
                library == null || library.isEmpty() ? null : Path.of(library),
                new JsonMapper().createObjectNode());
        try {
            switch (part) {
                case LOAD -> LoadPart.run(visit);
                case ENCODERS -> EncodersPart.run(visit);
                case VISION -> VisionPart.run(visit);
                case SERVING -> ServingPart.run(visit);
                case PYTORCH -> TorchPart.run(visit);
            }
        } catch (Exception | LinkageError e) {
            e.printStackTrace();
            visit.found().put("failure", Objects.toString(e.getMessage(), e.toString()));
        }
        visit.save();
        // Engines keep threads of their own.
        Runtime.getRuntime().halt(visit.found().has("failure") ? 1 : 0);
    }
}
