package phifleet.inference.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.engine.cache.CachedFolder;
import phifleet.inference.model.ModelException;

/**
 * A folder with ONNX Runtime's libraries for a device: {@code libonnxruntime.so}, the JNI library of the same release, the
 * providers', and maybe links to what those need of CUDA. {@code scripts/onnxruntime} fills such folders.
 *
 * <p>The release may be another than that of the Java classes, which are of 1.26.0: those of 1.24.1 and 1.29.0 were tried, with tensors
 * of every type.
 */
final class OnnxRuntimeFolder {
    private static final Logger LOG = LoggerFactory.getLogger(OnnxRuntimeFolder.class);

    private static final String JNI = "libonnxruntime4j_jni.so";
    private static final List<String> NEEDED = List.of("libonnxruntime.so", JNI);
    private static final String CUDA_PROVIDER = "libonnxruntime_providers_cuda.so";

    /** In the order of their dependence. */
    private static final List<String> CUDA = List.of(
            "libcudart.so",
            "libnvJitLink.so",
            "libcublasLt.so",
            "libcublas.so",
            "libcurand.so",
            "libcufft.so",
            "libnvrtc.so",
            "libcudnn.so");

    /**
     * Characters. 1.29.0 ends the process by SIGSEGV where its command line is longer, seen from 3,981 on; 1.24.1 and 1.26.0 bear
     * any.
     */
    private static final int MOST_COMMAND_LINE = 3900;

    /** From 1.29.0 on, the libraries of PyPI's wheels send events to their maker; to be set before the library is loaded. */
    private static final String NO_TELEMETRY = "ORT_DISABLE_TELEMETRY";

    /** As the JNI library asks for the other one's symbols. */
    private static final String RELEASE_OF_SHORT_LINES = "VERS_1.29";

    private OnnxRuntimeFolder() {}

    /**
     * Looks that a folder is whole, and loads what it has of CUDA, so that the provider finds it without
     * {@code LD_LIBRARY_PATH}: the loader takes a library that is loaded under the name that is asked for. Forbids ONNX Runtime
     * to send events to its maker.
     *
     * @throws ModelException if it is not such a folder; the message says what is missing
     */
    static void use(Path folder) throws ModelException {
        for (String name : NEEDED) {
            if (!Files.isRegularFile(folder.resolve(name))) {
                throw new ModelException("onnxruntime-library: " + folder + " has no " + name
                        + "; scripts/onnxruntime fills such a folder");
            }
        }
        Optional<String> mistake = CachedFolder.mistake(folder);
        if (mistake.isPresent()) {
            throw new ModelException(
                    "onnxruntime-library: " + folder + " is broken: " + mistake.get() + "; fill it again");
        }
        requireShortCommandLine(folder, Path.of("/proc/self/cmdline"));
        NativeEnvironment.set(NO_TELEMETRY, "1");
        for (String name : CUDA) {
            load(folder, name);
        }
    }

    static void requireShortCommandLine(Path folder, Path commandLine) throws ModelException {
        try {
            int length = Files.isReadable(commandLine) ? Files.readAllBytes(commandLine).length : 0;
            String jni = new String(Files.readAllBytes(folder.resolve(JNI)), StandardCharsets.ISO_8859_1);
            if (length > MOST_COMMAND_LINE && jni.contains(RELEASE_OF_SHORT_LINES)) {
                throw new ModelException("onnxruntime-library: the command line of this process has " + length
                        + " characters, and ONNX Runtime 1.29 bears " + MOST_COMMAND_LINE
                        + "; give the class path by -jar or CLASSPATH");
            }
        } catch (IOException e) {
            throw new ModelException("onnxruntime-library: " + folder + " cannot be read: " + e, e);
        }
    }

    static boolean hasCuda(Path folder) {
        return Files.exists(folder.resolve(CUDA_PROVIDER));
    }

    @SuppressWarnings("restricted")
    private static void load(Path folder, String name) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(file -> file.getFileName().toString().startsWith(name))
                    .toList()) {
                // By its real path: what it needs lies beside it there.
                System.load(file.toRealPath().toString());
                LOG.debug("{} is loaded from {}", name, file.toRealPath());
            }
        } catch (IOException | UnsatisfiedLinkError e) {
            // The provider will say what it misses.
            LOG.info("{} of {} is left out: {}", name, folder, e.getMessage());
        }
    }
}
