package phifleet.worker;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsException;
import phifleet.common.settings.SettingsReader;
import phifleet.common.settings.SettingsSection;
import phifleet.inference.hub.remote.HubException;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.ModelException;
import phifleet.worker.residence.ModelFolders;
import phifleet.worker.residence.Shelf;

/**
 * The models of {@code models.yaml}, which is read anew each time, those of a folder, and those that come with the program. Of a file
 * in which one model is sought, the other entries may be mistaken.
 */
final class ModelShelf implements Shelf {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String GIVEN = "parameters.config";

    private final @Nullable Supplier<SettingsReader> list;
    private final Path base;
    private final ModelSettings.HubFolders hub;
    private final @Nullable ModelFolders folders;
    private volatile Set<String> names = Set.of();
    private volatile List<Dormant> dormant = List.of();

    /**
     * @param list opens the file; null where there is none
     * @param base what paths in it are relative to
     * @param folders whose models are not in the file; null for none
     */
    ModelShelf(
            @Nullable Supplier<SettingsReader> list,
            Path base,
            ModelSettings.HubFolders hub,
            @Nullable ModelFolders folders) {
        this.list = list;
        this.base = base;
        this.hub = hub;
        this.folders = folders;
    }

    /** What comes with the program, alone. */
    static ModelShelf embedded() {
        return new ModelShelf(
                null,
                Path.of(""),
                (name, wishes) -> {
                    throw new HubException(HubException.Reason.OFFLINE, name + " is not got without a models.yaml");
                },
                null);
    }

    /** What a worker is to serve from its start, beside the models of the folder. */
    List<Found> listed() throws HubException, InterruptedException {
        if (list == null && folders != null) {
            return List.of();
        }
        ModelSettings listed = inFile();
        dormant = listed.dormant();
        names = Stream.concat(
                        listed.found().stream().map(found -> found.spec().id()),
                        dormant.stream().map(Dormant::id))
                .collect(Collectors.toUnmodifiableSet());
        return listed.found();
    }

    private ModelSettings inFile() throws HubException, InterruptedException {
        if (list == null) {
            return ModelSettings.embedded();
        }
        SettingsReader reader = list.get();
        ModelSettings settings = ModelSettings.read(reader, base, hub);
        reader.finish();
        return settings;
    }

    @Override
    public List<Dormant> dormant() {
        return dormant;
    }

    /** The folder; empty where there is none. */
    Optional<ModelFolders> folders() {
        return Optional.ofNullable(folders);
    }

    @Override
    public Set<String> names() {
        return names;
    }

    @Override
    public Optional<Found> find(String name, @Nullable String settings) throws ModelException, InterruptedException {
        try {
            if (settings != null) {
                return Optional.of(given(name, settings, GIVEN));
            }
            Optional<Found> found = inFile(name);
            if (found.isEmpty()) {
                found = inFolder(name);
            }
            return found.isEmpty()
                    ? EmbeddedModel.find(name).map(EmbeddedModel::spec).map(Found::only)
                    : found;
        } catch (HubException e) {
            throw new ModelException(String.valueOf(e.getMessage()), e);
        }
    }

    @Override
    public void fetch(String name, @Nullable String settings) throws ModelException, InterruptedException {
        SettingsReader reader;
        try {
            reader = settings != null ? reader(name, settings, GIVEN) : list == null ? null : list.get();
        } catch (SettingsException e) {
            return;
        }
        if (reader == null) {
            return;
        }
        try {
            for (SettingsSection section : reader.root().sections("models")) {
                if (ModelEntry.names(section).contains(name)) {
                    ModelEntry.of(section, base, hub).fetch();
                    return;
                }
            }
        } catch (HubException e) {
            throw new ModelException(String.valueOf(e.getMessage()), e);
        }
    }

    private Optional<Found> inFolder(String name) throws HubException, InterruptedException, ModelException {
        Path path = folders == null ? null : folders.of(name).orElse(null);
        if (path == null) {
            return Optional.empty();
        }
        Set<String> known = new LinkedHashSet<>(names);
        known.add(name);
        names = Set.copyOf(known);
        String settings = JSON.createObjectNode()
                .put("path", path.toAbsolutePath().toString())
                .toString();
        String mark = ModelFolders.mark(path).orElse("");
        Found found = given(name, settings, "models-dir");
        return Optional.of(found.mark().isEmpty() ? found.marked(mark) : found);
    }

    private Optional<Found> inFile(String name) throws HubException, InterruptedException {
        if (list == null) {
            return Optional.empty();
        }
        SettingsReader reader = list.get();
        Set<String> known = new LinkedHashSet<>(names);
        Optional<Found> found = Optional.empty();
        for (SettingsSection section : reader.root().sections("models")) {
            List<String> own = ModelEntry.names(section);
            if (found.isEmpty() && own.contains(name)) {
                found = Optional.ofNullable(ModelEntry.of(section, base, hub).read());
            } else {
                section.leave();
            }
            if (!own.isEmpty()) {
                known.add(own.getLast());
            }
        }
        reader.finish();
        names = Set.copyOf(known);
        return found;
    }

    /** @param source names the settings in messages */
    private Found given(String name, String settings, String source)
            throws HubException, InterruptedException, ModelException {
        SettingsReader reader = reader(name, settings, source);
        Found found = ModelEntry.of(reader.root().sections("models").getFirst(), base, hub)
                .read();
        reader.finish();
        if (found == null) {
            throw new ModelException(name + ": " + source + " names no model");
        }
        return found;
    }

    private static SettingsReader reader(String name, String settings, String source) {
        ObjectNode root = JSON.createObjectNode();
        try {
            JsonNode entry = JSON.readTree(settings);
            if (!(entry instanceof ObjectNode object)) {
                throw new SettingsException(source, List.of("it must be a JSON object, as an entry of models.yaml"));
            }
            for (String key : List.of("id", "name")) {
                if (!object.path(key).asText(name).equals(name)) {
                    throw new SettingsException(source, List.of(key + " must be left out, or be the name in the path"));
                }
                object.remove(key);
            }
            TritonConfig.refuse(object, source);
            object.put("id", name);
            root.putArray("models").add(object);
        } catch (JacksonException e) {
            throw new SettingsException(source, List.of("it is no JSON: " + e.getOriginalMessage()));
        }
        return SettingsReader.ofYaml(source, root.toString(), "", Map.of());
    }
}
