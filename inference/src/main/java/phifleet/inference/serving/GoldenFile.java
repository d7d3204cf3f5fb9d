package phifleet.inference.serving;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;

/** Where the known answers of a model lie: {@code golden:} in its entry, or in the class path. */
public final class GoldenFile {
    private final String name;
    private final byte[] json;

    private GoldenFile(String name, byte[] json) {
        this.name = name;
        this.json = json;
    }

    /**
     * Reads it whole.
     *
     * @return null where a model has none
     * @throws ModelException if it cannot be read; names the model and the file
     */
    public static @Nullable GoldenFile of(ModelSpec spec) throws ModelException {
        return switch (spec.golden()) {
            case null -> null;
            case ModelSpec.Golden.Resource(String name) -> {
                try (InputStream in = GoldenFile.class.getResourceAsStream(name)) {
                    if (in == null) {
                        throw new ModelException(spec.id() + ": the class path has no " + name);
                    }
                    yield new GoldenFile(name, in.readAllBytes());
                } catch (IOException e) {
                    throw new ModelException(spec.id() + ": " + name + " cannot be read: " + e, e);
                }
            }
            case ModelSpec.Golden.File(Path path) -> {
                try {
                    yield new GoldenFile(path.toString(), Files.readAllBytes(path));
                } catch (IOException e) {
                    throw new ModelException(spec.id() + ": " + path + " cannot be read: " + e, e);
                }
            }
        };
    }

    /** As it is said in messages. */
    public String name() {
        return name;
    }

    /** Its bytes, which nobody changes. */
    public byte[] json() {
        return json;
    }
}
