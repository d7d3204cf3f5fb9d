package phifleet.inference.engine.pytorch;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What DJL's PyTorch engine must be told before it starts: where its libraries are unpacked, and how it uses threads.
 *
 * <p>Settings that somebody made are left alone. On a CPU the threads inside an operation are one, the caller's, as in the
 * other engine: the lane calls from one thread a core. The graph optimizer is off: it profiles the first calls and compiles
 * anew for shapes that differ, and no two batches have one shape.
 */
public final class NativeTorch {
    /** A variable or property of DJL's: a folder with a libtorch of the machine's own, one for CUDA, say. */
    static final String PATH = "PYTORCH_LIBRARY_PATH";

    private static final String FLAVOR = "PYTORCH_FLAVOR";

    private static final Map<String, String> DEFAULTS = Map.of(
            "ai.djl.pytorch.num_threads", "1",
            "ai.djl.pytorch.num_interop_threads", "1",
            "ai.djl.pytorch.graph_optimizer", "false");

    private NativeTorch() {}

    /**
     * Must come before the first use of DJL.
     *
     * @param cache where libtorch is unpacked, once: DJL does that by itself, under a temporary name at first
     */
    public static void configure(Path cache) {
        DEFAULTS.forEach(NativeTorch::setUnlessSet);
        setUnlessSet("ENGINE_CACHE_DIR", cache.toString());
        String path = value(PATH);
        if (path != null) {
            // Else DJL asks for a flavor of its JNI library that it does not publish. 12.8 is the CUDA it is built for.
            boolean cuda = Files.exists(Path.of(path).resolve(System.mapLibraryName("torch_cuda")));
            setUnlessSet(FLAVOR, cuda ? "cu128" : "cpu");
        }
    }

    static boolean isGiven() {
        return value(PATH) != null;
    }

    private static void setUnlessSet(String name, String value) {
        if (value(name) == null) {
            System.setProperty(name, value);
        }
    }

    /** DJL asks the environment first, then the properties. */
    private static @Nullable String value(String name) {
        String variable = System.getenv(name);
        String value = variable == null ? System.getProperty(name) : variable;
        return value == null || value.isEmpty() ? null : value;
    }
}
