package phifleet.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsSection;
import phifleet.inference.hub.VersionFolder;
import phifleet.inference.hub.remote.HubException;
import phifleet.inference.hub.remote.HubName;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Residency;
import phifleet.worker.residence.Shelf;

/** One entry of {@code models}: which model it is, and where from. */
final class ModelEntry {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._/-]{0,127}";

    private final SettingsSection section;
    private final Path base;
    private final ModelSettings.HubFolders hub;

    private ModelEntry(SettingsSection section, Path base, ModelSettings.HubFolders hub) {
        this.section = section;
        this.base = base;
        this.hub = hub;
    }

    /**
     * @param base what relative paths are relative to
     * @param hub gets a model that is asked for by its name
     */
    static ModelEntry of(SettingsSection section, Path base, ModelSettings.HubFolders hub) {
        section.alias("name", "id");
        return new ModelEntry(section, base, hub);
    }

    /** The names that an entry gives itself, its id last, whatever else is in it. */
    static List<String> names(SettingsSection section) {
        section.alias("name", "id");
        List<String> names = new ArrayList<>(section.list("aliases", List.of()));
        String id = section.optionalText("id");
        if (id != null) {
            names.add(id);
        } else {
            try {
                names.add(HubName.parse(section.text("hub", "")).id());
            } catch (HubException e) {
                // Whoever loads it is told.
            }
        }
        return names;
    }

    /**
     * An entry that is loaded when a request names it. It is read then; what is wrong with its files now is in the log, and stops
     * nobody. One on the Hub is not looked for before.
     */
    Shelf.Dormant dormant(OnDemandSettings settings) throws InterruptedException {
        String path = section.optionalText("path");
        List<String> aliases = names(section);
        boolean named = section.optionalText("id") != null || section.optionalText("hub") != null;
        String id = named && !aliases.isEmpty() ? aliases.removeLast() : section.requiredText("id");
        Shelf.Found found = null;
        String fault = "";
        if (section.optionalText("hub") != null) {
            section.know(ModelKeys.ALL, null);
        } else {
            SettingsSection trial = section.onTrial();
            try {
                found = new ModelEntry(trial, base, hub).read();
            } catch (HubException e) {
                fault = String.valueOf(e.getMessage());
            }
            List<String> mistakes = trial.finishTrial();
            fault = mistakes.isEmpty() ? fault : String.join("; ", mistakes);
        }
        return new Shelf.Dormant(
                id,
                aliases,
                path == null ? null : base.resolve(path),
                found == null || !fault.isEmpty() ? null : found.spec(),
                fault,
                settings.pinned(),
                settings.idle(),
                section.optionalText("hub") != null,
                settings.copies());
    }

    /** Gets its files, where they are on the Hub and not here. What is wrong with the entry is told by who reads it. */
    void fetch() throws HubException, InterruptedException {
        HubName name = hubName();
        if (name != null) {
            Path _ = hub.folder(name, new FolderSettings(section).toFetch());
        }
    }

    /** Reads it, in the newest version that can be read; null where it is mistaken. */
    Shelf.@Nullable Found read() throws HubException, InterruptedException {
        // When it is loaded is no business of who reads it.
        section.know(OnDemandSettings.KEYS, null);
        String path = section.optionalText("path");
        ModelVersions versions =
                new ModelVersions(path == null ? List.of() : VersionFolder.newestFirst(base.resolve(path)));
        if (!versions.folders().isEmpty()) {
            return versions.newest(section, (trial, version) -> new ModelEntry(trial, base, hub).spec(version.path()));
        }
        ModelSpec spec = spec(null);
        return spec == null ? null : Shelf.Found.only(spec);
    }

    /** @param at where a version's files are, in place of the path; null for none */
    private @Nullable ModelSpec spec(@Nullable Path at) throws HubException, InterruptedException {
        Residency residency = ServingSettings.residency(section, "demand".equalsIgnoreCase(section.text("load", "")));
        ModelSpec read = found(at);
        ModelSpec spec = read == null ? null : read.with(residency);
        // What was not come to, since something else is wrong, is no mistake for that.
        section.know(
                ModelKeys.ALL,
                spec == null
                        ? null
                        : "means nothing for a model whose task is "
                                + spec.task().label());
        return spec;
    }

    private @Nullable ModelSpec found(@Nullable Path at) throws HubException, InterruptedException {
        HubName name = hubName();
        String id = name == null ? section.requiredText("id") : section.text("id", name.id());
        if (!id.isEmpty() && !id.matches(NAME)) {
            section.mistake("id", id, "must be 1 to 128 letters, digits, '.', '_', '-' or '/'");
        }
        String path = section.optionalText("path");
        String embedded = section.optionalText("embedded");
        if (section.optionalText("hub") != null) {
            if (path != null || embedded != null) {
                section.mistake("hub", section.optionalText("hub"), "a model is on the Hub, embedded or at a path");
                return null;
            }
            return name == null ? null : byName(id, name);
        }
        if (path == null) {
            return embedded(id, embedded);
        }
        if (embedded != null) {
            section.mistake("path", path, "a model is either embedded or at a path");
            return null;
        }
        return atPath(id, at == null ? base.resolve(path) : at);
    }

    private @Nullable ModelSpec embedded(String id, @Nullable String name) {
        Optional<EmbeddedModel> found = EmbeddedModel.find(name == null ? id : name);
        if (found.isEmpty()) {
            section.mistake(
                    name == null ? "path" : "embedded",
                    name,
                    "give a path, the name of one on the Hub, or the name of an embedded model: "
                            + Arrays.stream(EmbeddedModel.values())
                                    .map(EmbeddedModel::id)
                                    .collect(Collectors.joining(", ")));
            return null;
        }
        if (new FolderSettings(section).engine() == EngineKind.PYTORCH) {
            section.mistake("engine", "pytorch", "must be onnxruntime, since the embedded models are ONNX graphs");
        }
        return new TextModelSettings(section, base).with(found.get().spec(), id);
    }

    private @Nullable ModelSpec atPath(String id, Path path) {
        if (TextImageSettings.isFor(section, path)) {
            return TextImageSettings.read(section, id, path, base);
        }
        if (PlainModelSettings.isFor(section, path)) {
            return PlainModelSettings.read(section, id, path, base);
        }
        ModelSpec found = new FolderSettings(section).read(id, path, null);
        return found == null ? null : new TextModelSettings(section, base).with(found, id);
    }

    private @Nullable ModelSpec byName(String id, HubName name) throws HubException, InterruptedException {
        FolderSettings settings = new FolderSettings(section);
        Path folder = hub.folder(name, settings.toFetch());
        if (TextImageSettings.isFor(section, folder)) {
            return TextImageSettings.read(section, id, folder, base);
        }
        ModelSpec found = settings.read(id, folder, name);
        return found == null ? null : new TextModelSettings(section, base).with(found, id);
    }

    private @Nullable HubName hubName() {
        String text = section.optionalText("hub");
        try {
            return text == null ? null : HubName.parse(text);
        } catch (HubException e) {
            section.mistake("hub", text, String.valueOf(e.getMessage()));
            return null;
        }
    }
}
