package phifleet.inference.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import phifleet.inference.engine.cache.CachedFolder;
import phifleet.inference.engine.pytorch.NativeTorch;
import phifleet.inference.model.ModelException;

/**
 * Unpacks the engines' native libraries once into the cache folder, in place of once a start into the temporary one, which
 * costs 0.15 s and leaks 20 MB whenever the process is killed.
 *
 * <p>They are looked at before they are loaded, since half a library ends the process. Only on Linux, where the fleet runs; elsewhere the libraries unpack themselves.
 */
final class NativeLibraries {
    private static final List<String> ONNX_RUNTIME = List.of("libonnxruntime.so", "libonnxruntime4j_jni.so");

    private static final String TOKENIZERS = "libtokenizers.so";
    /** JNA's own, with which DJL asks for a CUDA driver. */
    private static final String JNA = "libjnidispatch.so";

    private NativeLibraries() {}

    /** Must come before the first use of DJL and ONNX Runtime: their classes read these properties once. */
    static void prepare(Path cache, @Nullable Path onnxRuntime) throws IOException, ModelException {
        // Nothing is fetched or reported while the program runs.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("RUST_FLAVOR", "cpu");
        NativeTorch.configure(cache);
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            return;
        }
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        if (onnxRuntime != null) {
            OnnxRuntimeFolder.use(onnxRuntime);
        }
        Path library = onnxRuntime != null
                ? onnxRuntime
                : unpack(
                        cache.resolve("onnxruntime"),
                        "/ai/onnxruntime/native/linux-" + (arm ? "aarch64" : "x64"),
                        ONNX_RUNTIME);
        System.setProperty("onnxruntime.native.path", library.toString());
        Path tokenizers = unpack(
                cache.resolve("tokenizers"),
                "/native/lib/linux-" + (arm ? "aarch64" : "x86_64") + "/cpu",
                List.of(TOKENIZERS));
        Path jna = unpack(cache.resolve("jna"), "/com/sun/jna/linux-" + (arm ? "aarch64" : "x86-64"), List.of(JNA));
        System.setProperty("jna.boot.library.path", jna.toString());
        // The file, not the folder: for a folder DJL asks for the CUDA architecture and fails where there is none.
        System.setProperty("RUST_LIBRARY_PATH", tokenizers.resolve(TOKENIZERS).toString());
    }

    private static Path unpack(Path parent, String folder, List<String> names) throws IOException, ModelException {
        List<URL> present = names.stream()
                .map(name -> NativeLibraries.class.getResource(folder + "/" + name))
                .filter(url -> url != null)
                .toList();
        // The sizes tell one release from another, without reading 20 MB to hash them.
        StringBuilder key = new StringBuilder("m");
        for (URL url : present) {
            key.append('-').append(Long.toHexString(size(url)));
        }
        return CachedFolder.of(parent.resolve(key.toString()), made -> {
            for (URL url : present) {
                String path = url.getPath();
                try (InputStream in = url.openStream()) {
                    Files.copy(in, made.resolve(path.substring(path.lastIndexOf('/') + 1)));
                }
            }
        });
    }

    private static long size(URL url) {
        try {
            URLConnection connection = url.openConnection();
            connection.setUseCaches(false);
            return connection.getContentLengthLong();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
