package phifleet.inference.engine;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import phifleet.inference.engine.onnx.session.Provider;

/**
 * What the engines of a process can be told.
 *
 * @param cache a folder for what is made once: libraries and prepared models
 * @param onnxRuntime a folder with ONNX Runtime's libraries for a device, as {@code scripts/onnxruntime} fills it; null for the
 *     ones in the program's jars, which know CPUs alone
 * @param gpu how models use a GPU
 * @param alone threads on a CPU for a batch that runs alone
 */
public record EngineSettings(Path cache, @Nullable Path onnxRuntime, Gpu gpu, AloneThreads alone) {
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

    /**
     * How many threads of a CPU work at a batch beside which nothing runs. That takes a second form of a model, which holds the weights
     * of its matrices once more.
     *
     * @param count 1 for no second form
     * @param always whatever that takes; else where the weights are a small part of the memory
     */
    public record AloneThreads(int count, boolean always) {
        public static final AloneThreads ONE = new AloneThreads(1, false);

        /** As many as a trial with few texts shows to change no bit, or to change some. */
        public static final int MOST = 8;

        /** Of the memory, for weights that are there once more. */
        private static final int PART = 16;

        public AloneThreads {
            if (count < 1) {
                throw new IllegalArgumentException("a batch needs a thread, not " + count);
            }
        }

        boolean areFor(long weightBytes, long memoryBytes) {
            return always || weightBytes <= memoryBytes / PART;
        }
    }

    /** Everything else as usual, and one thread a batch. */
    public static EngineSettings of(Path cache) {
        return new EngineSettings(cache, null, Gpu.USUAL, AloneThreads.ONE);
    }
}
