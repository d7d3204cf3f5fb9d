package phifleet.inference.hub;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import phifleet.inference.model.ModelException;

/**
 * A JSON file of a model's folder.
 *
 * @param values missing where there is no such file
 */
record JsonFile(Path path, JsonNode values) {

    static JsonFile read(Path path) throws ModelException {
        if (!Files.isRegularFile(path)) {
            return new JsonFile(path, MissingNode.getInstance());
        }
        try {
            return new JsonFile(path, new JsonMapper().readTree(path.toFile()));
        } catch (IOException e) {
            // First what it is, if it is no JSON at all.
            ModelFile.check(path);
            throw ModelException.ofJson(String.valueOf(path), e);
        }
    }

    boolean exists() {
        return !values.isMissingNode();
    }

    JsonNode at(String name) {
        return values.path(name);
    }

    /** Where the file stands in its model's folder, for what is told of decisions. */
    String name() {
        Path parent = path.getParent();
        String file = String.valueOf(path.getFileName());
        return parent != null && String.valueOf(parent.getFileName()).matches("\\d+_.*")
                ? parent.getFileName() + "/" + file
                : file;
    }
}
