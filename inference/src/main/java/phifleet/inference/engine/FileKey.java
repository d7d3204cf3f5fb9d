package phifleet.inference.engine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import phifleet.inference.engine.cache.CacheKey;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;

/** Names a model's file as it is now, for what is remembered of it. */
final class FileKey {
    private FileKey() {}

    static String of(ModelSpec spec, Path weights) throws ModelException {
        try {
            BasicFileAttributes attributes = Files.readAttributes(weights, BasicFileAttributes.class);
            int hash = Objects.hash(
                    weights.toRealPath().toString(),
                    attributes.size(),
                    attributes.lastModifiedTime().toMillis());
            return CacheKey.named(spec.id(), Integer.toHexString(hash));
        } catch (IOException e) {
            throw new ModelException(spec.id() + ": " + weights + " cannot be read: " + e, e);
        }
    }
}
