package phifleet.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Stream;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.tensor.ImageModel;

/** Tells models apart by what is in their files and by how they see images: SHA-256, in hexadecimal digits. */
final class ModelChecksum {
    private static final int BUFFER_BYTES = 1 << 16;

    private ModelChecksum() {}

    /** Of a model whose files are as they were when it was loaded: of its graph, and of the weights beside it that bear its name. */
    static String of(ModelSpec spec, ImageModel model) throws ModelException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update((model.preprocessing() + "\n" + model.reading() + "\n").getBytes(StandardCharsets.UTF_8));
            byte[] buffer = new byte[BUFFER_BYTES];
            for (Path file : files(spec.source())) {
                try (InputStream in = Files.newInputStream(file)) {
                    int read;
                    while ((read = in.read(buffer)) >= 0) {
                        digest.update(buffer, 0, read);
                    }
                }
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (IOException e) {
            throw new ModelException(spec.id() + ": its files cannot be read for their checksum: " + e, e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static List<Path> files(ModelSource source) throws IOException {
        return switch (source) {
            case ModelSource.Graph(Path graph) -> withItsWeights(graph);
            case ModelSource.Program program -> List.of(program.archive());
            case ModelSource.Files files -> withItsWeights(files.weights());
            case ModelSource.Safetensors tensors -> List.of(tensors.weights());
            case ModelSource.Table table -> List.of(table.table());
            case ModelSource.Embedded embedded -> List.of();
        };
    }

    /** External data lie beside a graph, as {@code model.onnx_data} or {@code model.onnx.data}. */
    private static List<Path> withItsWeights(Path graph) throws IOException {
        String name = graph.getFileName().toString();
        try (Stream<Path> beside = Files.list(graph.toAbsolutePath().resolveSibling(""))) {
            return beside.filter(file -> file.getFileName().toString().startsWith(name))
                    .filter(Files::isRegularFile)
                    .sorted()
                    .toList();
        }
    }
}
