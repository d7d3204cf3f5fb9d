package phifleet.inference.onnx;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/** What whoever made an ONNX file wrote about it, beside the graph: texts by key. */
public final class OnnxMetadata {
    // Numbers of fields in onnx.proto (ONNX 1.19).
    private static final int MODEL_METADATA = 14;
    private static final int ENTRY_KEY = 1;
    private static final int ENTRY_VALUE = 2;

    private OnnxMetadata() {}

    /** The text of a key; empty where the file has none. */
    public static Optional<String> find(Path file, String key) throws IOException {
        try (FileChannel in = FileChannel.open(file, StandardOpenOption.READ)) {
            ProtoReader model = new ProtoReader(in.map(MapMode.READ_ONLY, 0, in.size()));
            while (model.next()) {
                if (model.number() == MODEL_METADATA
                        && OnnxSignature.firstText(model.payload(), ENTRY_KEY).equals(key)) {
                    return Optional.of(OnnxSignature.firstText(model.payload(), ENTRY_VALUE));
                }
            }
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            throw new IOException(file + " is no ONNX file: " + e.getMessage(), e);
        }
    }
}
