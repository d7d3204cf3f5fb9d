package phifleet.worker;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import phifleet.common.Sha256;
import phifleet.inference.engine.SourceFiles;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.tensor.ImageModel;

/** Tells models apart by what is in their files and by how they see images: SHA-256, in hexadecimal digits. */
final class ModelChecksum {
    private static final int BUFFER_BYTES = 1 << 16;

    private ModelChecksum() {}

    /** Of a model whose files are as they were when it was loaded: of its graph, and of the weights that the graph names. */
    static String of(ModelSpec spec, ImageModel model) throws ModelException {
        try {
            return of(spec.source(), model.preprocessing() + "\n" + model.reading() + "\n");
        } catch (IOException e) {
            throw new ModelException(spec.id() + ": its files cannot be read for their checksum: " + e, e);
        }
    }

    /** @param seeing how it sees images */
    static String of(ModelSource source, String seeing) throws IOException, ModelException {
        MessageDigest digest = Sha256.digest();
        digest.update(seeing.getBytes(StandardCharsets.UTF_8));
        byte[] buffer = new byte[BUFFER_BYTES];
        for (Path file : SourceFiles.of(source)) {
            try (InputStream in = Files.newInputStream(file)) {
                int read;
                while ((read = in.read(buffer)) >= 0) {
                    digest.update(buffer, 0, read);
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }
}
