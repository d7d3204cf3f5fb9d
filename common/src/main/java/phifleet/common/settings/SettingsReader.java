package phifleet.common.settings;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import phifleet.common.json.YamlFaults;

/**
 * Reads one YAML file whose every value an environment variable can replace: {@code http.port} is {@code PHI_HTTP_PORT}
 * (prefix, then the key in capitals, dots and dashes as underscores). An empty variable counts as not set.
 *
 * <p>Reading never stops at the first mistake. {@link #finish} throws one {@link SettingsException} with all of them:
 * wrong types, broken bounds, and keys that nobody asked for, which are misspellings. A prefixed variable that nobody asked
 * for is a warning only: Kubernetes sets variables of that form for services of its own accord.
 */
public final class SettingsReader {
    /** A key that stands twice is a mistake of which nobody would hear. */
    private static final YAMLMapper MAPPER = new YAMLMapper(YAMLFactory.builder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build());

    private final String source;
    private final Mistakes mistakes;
    private final SettingsSection root;
    private final Map<String, String> environment;

    private SettingsReader(String source, JsonNode tree, String prefix, Map<String, String> environment) {
        this.source = source;
        this.mistakes = new Mistakes();
        this.environment = new TreeMap<>();
        environment.forEach((name, value) -> {
            if (name.startsWith(prefix) && !value.isEmpty()) {
                this.environment.put(name, value);
            }
        });
        this.root =
                new SettingsSection("", "", tree, new SettingsSection.Environment(prefix, this.environment), mistakes);
    }

    /**
     * Reads a file.
     *
     * @param file a YAML mapping; null for none, so that the environment and the defaults decide
     * @param prefix the first letters of the variables, such as {@code PHI_}
     * @throws SettingsException if the file is missing or is no YAML mapping
     */
    public static SettingsReader of(@Nullable Path file, String prefix, Map<String, String> environment) {
        if (file == null) {
            return new SettingsReader("the environment", emptyTree(), prefix, environment);
        }
        try {
            return ofYaml(file.toString(), Files.readString(file), prefix, environment);
        } catch (IOException e) {
            throw new SettingsException(file.toString(), List.of("the file cannot be read: " + e));
        }
    }

    /** Reads YAML text; {@code source} names it in messages. */
    public static SettingsReader ofYaml(String source, String yaml, String prefix, Map<String, String> environment) {
        try {
            JsonNode tree = MAPPER.readTree(yaml);
            if (tree == null || tree.isMissingNode() || tree.isNull()) {
                tree = emptyTree();
            }
            if (!tree.isObject()) {
                throw new SettingsException(source, List.of("the file must be a mapping of keys to values"));
            }
            return new SettingsReader(source, tree, prefix, environment);
        } catch (JacksonException e) {
            throw new SettingsException(source, List.of("the file is not YAML: " + YamlFaults.of(e)));
        }
    }

    /** The whole file; sections nest below it. */
    public SettingsSection root() {
        return root;
    }

    /**
     * Call when everything has been asked for.
     *
     * @return a line for each prefixed variable that means nothing here
     * @throws SettingsException if there was any mistake
     */
    public List<String> finish() {
        root.reportUnknownKeys();
        if (!mistakes.lines().isEmpty()) {
            throw new SettingsException(source, mistakes.lines());
        }
        return environment.keySet().stream()
                .filter(name -> !mistakes.asked(name))
                .map(name -> name + ": no setting has this name, so it changes nothing")
                .toList();
    }

    private static ObjectNode emptyTree() {
        return JsonNodeFactory.instance.objectNode();
    }
}
