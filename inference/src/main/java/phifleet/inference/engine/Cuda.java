package phifleet.inference.engine;

import java.nio.file.Files;
import java.nio.file.Path;
import phifleet.inference.model.EngineKind;

/** Whether trying CUDA makes sense at all, so that a machine without a GPU neither tries nor warns. */
final class Cuda {
    private static final String PROVIDER = "/ai/onnxruntime/native/linux-x64/libonnxruntime_providers_cuda.so";

    private Cuda() {}

    /** A driver is there, and so is the GPU build of the engine, as far as that can be seen before it starts. */
    static boolean isLikely(EngineKind engine) {
        boolean driver =
                Files.exists(Path.of("/proc/driver/nvidia/version")) || Files.exists(Path.of("/dev/nvidiactl"));
        return driver
                && switch (engine) {
                    case ONNXRUNTIME -> Cuda.class.getResource(PROVIDER) != null;
                    case PYTORCH -> true;
                };
    }
}
