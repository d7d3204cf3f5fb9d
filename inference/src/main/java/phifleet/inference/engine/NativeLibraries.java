package phifleet.inference.engine;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.net.URLConnection;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import phifleet.inference.engine.pytorch.NativeTorch;

/**
 * Unpacks the engines' native libraries once into the cache folder, in place of once a start into the temporary one, which
 * costs 0.15 s and leaks 20 MB whenever the process is killed.
 *
 * <p>Only on Linux, where the fleet runs; elsewhere the libraries unpack themselves.
 */
final class NativeLibraries {
    /** Those of the GPU build are there only with its jar. */
    private static final List<String> ONNX_RUNTIME = List.of(
            "libonnxruntime.so",
            "libonnxruntime4j_jni.so",
            "libonnxruntime_providers_shared.so",
            "libonnxruntime_providers_cuda.so");

    private static final String TOKENIZERS = "libtokenizers.so";
    /** JNA's own, with which DJL asks for a CUDA driver. */
    private static final String JNA = "libjnidispatch.so";

    private NativeLibraries() {}

    /** Must come before the first use of DJL: its classes read these properties once. */
    static void prepare(Path cache) throws IOException {
        // Nothing is fetched or reported while the program runs.
        System.setProperty("ai.djl.offline", "true");
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.onnx.disable_alternative", "true");
        System.setProperty("RUST_FLAVOR", "cpu");
        NativeTorch.configure(cache);
        if (!System.getProperty("os.name").toLowerCase(Locale.ROOT).contains("linux")) {
            return;
        }
        boolean arm = System.getProperty("os.arch").equals("aarch64");
        Path onnxRuntime = unpack(
                cache.resolve("onnxruntime"),
                "/ai/onnxruntime/native/linux-" + (arm ? "aarch64" : "x64"),
                ONNX_RUNTIME);
        System.setProperty("onnxruntime.native.path", onnxRuntime.toString());
        Path tokenizers = unpack(
                cache.resolve("tokenizers"),
                "/native/lib/linux-" + (arm ? "aarch64" : "x86_64") + "/cpu",
                List.of(TOKENIZERS));
        Path jna = unpack(cache.resolve("jna"), "/com/sun/jna/linux-" + (arm ? "aarch64" : "x86-64"), List.of(JNA));
        System.setProperty("jna.boot.library.path", jna.toString());
        // The file, not the folder: for a folder DJL asks for the CUDA architecture and fails where there is none.
        System.setProperty("RUST_LIBRARY_PATH", tokenizers.resolve(TOKENIZERS).toString());
    }

    private static Path unpack(Path parent, String folder, List<String> names) throws IOException {
        List<URL> present = names.stream()
                .map(name -> NativeLibraries.class.getResource(folder + "/" + name))
                .filter(url -> url != null)
                .toList();
        // The sizes tell one release from another, without reading 20 MB to hash them.
        StringBuilder key = new StringBuilder("v");
        for (URL url : present) {
            key.append('-').append(Long.toHexString(size(url)));
        }
        Path target = parent.resolve(key.toString());
        if (Files.isDirectory(target)) {
            return target;
        }
        Files.createDirectories(parent);
        Path unpacked = Files.createTempDirectory(parent, "unpacking");
        for (URL url : present) {
            String path = url.getPath();
            try (InputStream in = url.openStream()) {
                Files.copy(in, unpacked.resolve(path.substring(path.lastIndexOf('/') + 1)));
            }
        }
        moveUnlessThere(unpacked, target);
        return target;
    }

    /** Another process may have been faster; both made the same, so either will do. */
    private static void moveUnlessThere(Path from, Path to) throws IOException {
        try {
            Files.move(from, to, StandardCopyOption.ATOMIC_MOVE);
        } catch (AtomicMoveNotSupportedException e) {
            Files.move(from, to);
        } catch (IOException e) {
            if (!Files.isDirectory(to)) {
                throw e;
            }
        }
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
