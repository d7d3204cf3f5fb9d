package phifleet.inference.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.EngineKind;

/** Whether trying CUDA makes sense at all, so that a machine without a GPU neither tries nor warns. */
final class Cuda {
    private Cuda() {}

    /**
     * A driver is there, and so is a build of the engine that can use it, as far as that can be seen before it starts.
     *
     * @param onnxRuntime the folder of ONNX Runtime's libraries, where one was set: those in the jars know no CUDA
     */
    static boolean isLikely(EngineKind engine, @Nullable Path onnxRuntime) {
        return hasDriver()
                && switch (engine) {
                    case ONNXRUNTIME -> onnxRuntime != null && OnnxRuntimeFolder.hasCuda(onnxRuntime);
                    case PYTORCH -> true;
                };
    }

    /** Whether libraries that want a GPU were set where no driver is. */
    static boolean isVain(@Nullable Path onnxRuntime) {
        return onnxRuntime != null && OnnxRuntimeFolder.hasCuda(onnxRuntime) && !hasDriver();
    }

    private static boolean hasDriver() {
        return Files.exists(Path.of("/proc/driver/nvidia/version")) || Files.exists(Path.of("/dev/nvidiactl"));
    }
}
