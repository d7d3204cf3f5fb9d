package phifleet.inference.engine;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import phifleet.inference.engine.onnx.Provider;

/**
 * What the engines of a process can be told.
 *
 * @param cache a folder for what is made once: libraries and prepared models
 * @param onnxRuntime a folder with ONNX Runtime's libraries for a device, as {@code scripts/onnxruntime} fills it; null for the
 *     ones in the program's jars, which know CPUs alone
 * @param gpu how models use a GPU
 */
public record EngineSettings(Path cache, @Nullable Path onnxRuntime, Gpu gpu) {
    /** A GPU's provider in ONNX Runtime. */
    public enum GpuProvider {
        CUDA,
        /** Builds engines for shapes it has not seen, which takes minutes, and keeps them in the cache folder. */
        TENSORRT
    }

    /**
     * For each model.
     *
     * @param memory how much of the GPU's memory, and how it grows
     * @param tf32 whether products of 32-bit floats may be rounded to 10 bits of mantissa
     */
    public record Gpu(GpuProvider provider, Provider.GpuMemory memory, boolean tf32) {
        public static final Gpu USUAL = new Gpu(GpuProvider.CUDA, Provider.GpuMemory.ALL, false);
    }

    /** Everything else as usual. */
    public static EngineSettings of(Path cache) {
        return new EngineSettings(cache, null, Gpu.USUAL);
    }
}
