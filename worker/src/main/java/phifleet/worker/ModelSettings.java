package phifleet.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsReader;
import phifleet.common.settings.SettingsSection;
import phifleet.inference.hub.FolderWishes;
import phifleet.inference.hub.KnownModel;
import phifleet.inference.hub.TextModelFolder;
import phifleet.inference.hub.VersionFolder;
import phifleet.inference.hub.remote.HubException;
import phifleet.inference.hub.remote.HubName;
import phifleet.inference.model.DeviceChoice;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Precision;
import phifleet.inference.model.Task;
import phifleet.worker.residence.Shelf;

/**
 * The models that a worker is to serve, from {@code models.yaml}. The first is the default.
 *
 * @param found at least one, each in the newest version that can be read
 */
record ModelSettings(List<Shelf.Found> found) {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._/-]{0,127}";

    ModelSettings {
        found = List.copyOf(found);
    }

    List<ModelSpec> models() {
        return found.stream().map(Shelf.Found::spec).toList();
    }

    /** The embedded model alone. */
    static ModelSettings embedded() {
        return new ModelSettings(List.of(Shelf.Found.only(EmbeddedModel.ALL_MINILM_L6_V2.spec())));
    }

    /**
     * Reads the list {@code models}; an empty one means the embedded model.
     *
     * @param base what relative paths are relative to
     * @param hub gets models that are asked for by their names
     * @throws HubException if one of these cannot be had
     */
    static ModelSettings read(SettingsReader reader, Path base, HubFolders hub)
            throws HubException, InterruptedException {
        List<Shelf.Found> all = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SettingsSection section : reader.root().sections("models")) {
            Shelf.Found found = newest(section, base, hub);
            if (found != null) {
                all.add(found);
                List<String> own = new ArrayList<>(found.spec().aliases());
                own.add(found.spec().id());
                for (String name : own) {
                    if (!names.add(name)) {
                        section.mistake("id", name, "another model has this name");
                    }
                }
            }
        }
        return all.isEmpty() ? embedded() : new ModelSettings(all);
    }

    /** Where a model's folder is, by its name. */
    @FunctionalInterface
    interface HubFolders {
        Path folder(HubName name, FolderWishes wishes) throws HubException, InterruptedException;
    }

    /** The names that an entry gives itself, whatever else is in it. */
    static List<String> names(SettingsSection section) {
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

    /** Reads one entry, in the newest version that can be read; null where it is mistaken. */
    static Shelf.@Nullable Found newest(SettingsSection section, Path base, HubFolders hub)
            throws HubException, InterruptedException {
        String path = section.optionalText("path");
        ModelVersions versions =
                new ModelVersions(path == null ? List.of() : VersionFolder.newestFirst(base.resolve(path)));
        if (!versions.folders().isEmpty()) {
            return versions.newest(section, (trial, version) -> spec(trial, version.path(), base, hub));
        }
        ModelSpec spec = spec(section, null, base, hub);
        return spec == null ? null : Shelf.Found.only(spec);
    }

    /** @param at where a version's files are, in place of the path; null for none */
    private static @Nullable ModelSpec spec(SettingsSection section, @Nullable Path at, Path base, HubFolders hub)
            throws HubException, InterruptedException {
        HubName name = hubName(section);
        String id = name == null ? section.requiredText("id") : section.text("id", name.id());
        if (!id.isEmpty() && !id.matches(NAME)) {
            section.mistake("id", id, "must be 1 to 128 letters, digits, '.', '_', '-' or '/'");
        }
        String path = section.optionalText("path");
        String embeddedText = section.optionalText("embedded");
        if (section.optionalText("hub") != null) {
            if (path != null || embeddedText != null) {
                section.mistake("hub", section.optionalText("hub"), "a model is on the Hub, embedded or at a path");
                return null;
            }
            return name == null ? null : byName(section, id, name, base, hub);
        }
        Optional<EmbeddedModel> embedded = EmbeddedModel.find(section.text("embedded", path == null ? id : ""));
        if (path == null && embedded.isEmpty()) {
            section.mistake(
                    embeddedText == null ? "path" : "embedded",
                    embeddedText,
                    "give a path, the name of one on the Hub, or the name of an embedded model: "
                            + String.join(
                                    ", ",
                                    List.of(EmbeddedModel.values()).stream()
                                            .map(EmbeddedModel::id)
                                            .toList()));
            return null;
        }
        if (path != null && embeddedText != null) {
            section.mistake("path", path, "a model is either embedded or at a path");
            return null;
        }
        EngineKind engine = engine(section);
        if (path == null && engine == EngineKind.PYTORCH) {
            section.mistake("engine", "pytorch", "must be onnxruntime, since the embedded models are ONNX graphs");
        }
        if (path == null) {
            return withSettings(section, id, embedded.orElseThrow().spec(), base);
        }
        return atPath(section, id, at == null ? base.resolve(path) : at, base);
    }

    private static @Nullable ModelSpec atPath(SettingsSection section, String id, Path path, Path base) {
        if (PlainModelSettings.isFor(section, path)) {
            return PlainModelSettings.read(section, id, path, base);
        }
        ModelSpec found = folder(section, id, path, null);
        return found == null ? null : withSettings(section, id, found, base);
    }

    private static @Nullable EngineKind engine(SettingsSection section) {
        return section.optionalText("engine") == null
                ? null
                : section.choice("engine", EngineKind.ONNXRUNTIME, EngineKind.class);
    }

    private static @Nullable HubName hubName(SettingsSection section) {
        String text = section.optionalText("hub");
        try {
            return text == null ? null : HubName.parse(text);
        } catch (HubException e) {
            section.mistake("hub", text, String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static @Nullable ModelSpec byName(
            SettingsSection section, String id, HubName name, Path base, HubFolders hub)
            throws HubException, InterruptedException {
        String weights = section.optionalText("weights");
        FolderWishes which = new FolderWishes(
                engine(section),
                weights == null ? null : Path.of(weights),
                null,
                section.optionalText("precision"),
                null,
                null,
                OptionalInt.empty());
        ModelSpec found = folder(section, id, hub.folder(name, which), name);
        return found == null ? null : withSettings(section, id, found, base);
    }

    /** @param name on the Hub; null for a folder of one's own */
    private static @Nullable ModelSpec folder(SettingsSection section, String id, Path path, @Nullable HubName name) {
        try {
            OptionalInt maxTokens = section.optionalText("max-tokens") == null
                    ? OptionalInt.empty()
                    : OptionalInt.of(section.integer("max-tokens", 3, 3, 1_000_000));
            FolderWishes wishes = new FolderWishes(
                    engine(section),
                    file(section, "weights", path),
                    file(section, "tokenizer", path),
                    section.optionalText("precision"),
                    pooling(section),
                    section.optionalText("output"),
                    maxTokens);
            KnownModel known = name == null ? null : KnownModel.find(name.id()).orElse(null);
            return TextModelFolder.read(path, wishes, known, TextModelSettings.task(section), id);
        } catch (ModelException e) {
            section.mistake(name == null ? "path" : "hub", path.toString(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static ModelSpec withSettings(SettingsSection section, String id, ModelSpec found, Path base) {
        Path golden = file(section, "golden", base);
        if (golden != null && !(found.task() instanceof Task.SentenceEncoding)) {
            section.mistake("golden", golden.toString(), "known vectors are a sentence encoder's");
        }
        return new ModelSpec(
                id,
                section.list("aliases", id.equals(found.id()) ? found.aliases() : List.of()),
                found.source(),
                found.engine(),
                device(section, found.device()),
                section.choice("precision", found.precision(), Precision.class),
                golden == null ? found.golden() : new ModelSpec.Golden.File(golden),
                scheduling(section, found.scheduling()),
                TextModelSettings.task(section, found));
    }

    static ModelSpec.Scheduling scheduling(SettingsSection section, ModelSpec.Scheduling found) {
        return new ModelSpec.Scheduling(
                section.decimal("weight", found.weight(), 0.01, 1000),
                section.integer("batch-tokens", found.batchUnits(), 0, 1_000_000),
                section.integer(named(section, "batch-size"), found.batchItems(), 0, 65_536),
                Duration.ofMillis(section.number(
                        named(section, "batch-timeout-ms"), found.company().toMillis(), 0, 60_000)));
    }

    /** Some write these with underscores, as other servers do. */
    private static String named(SettingsSection section, String key) {
        String other = key.replace('-', '_');
        return section.optionalText(other) == null ? key : other;
    }

    static DeviceChoice device(SettingsSection section, DeviceChoice usual) {
        String device = section.optionalText("device");
        Optional<DeviceChoice> choice = device == null ? Optional.of(usual) : DeviceChoice.read(device);
        if (choice.isEmpty()) {
            section.mistake("device", device, "must be auto, cpu, cuda, cuda:N, openvino or openvino:CPU, GPU or NPU");
        }
        return choice.orElse(usual);
    }

    /** One way to pool, or several joined by '+'; null where the setting is not given. */
    static @Nullable Pooling pooling(SettingsSection section) {
        String text = section.optionalText("pooling");
        if (text == null) {
            return null;
        }
        if (text.equals("none")) {
            return Pooling.NONE;
        }
        List<Pooling.Mode> modes = new ArrayList<>();
        for (String name : text.split("\\+", -1)) {
            Arrays.stream(Pooling.Mode.values())
                    .filter(mode -> mode.label().equals(name))
                    .findFirst()
                    .ifPresentOrElse(
                            modes::add,
                            () -> section.mistake(
                                    "pooling",
                                    text,
                                    "must be none, or of "
                                            + Arrays.stream(Pooling.Mode.values())
                                                    .map(Pooling.Mode::label)
                                                    .toList()
                                            + ", several joined by +"));
        }
        return modes.isEmpty() ? null : new Pooling(modes, true);
    }

    private static @Nullable Path file(SettingsSection section, String key, Path base) {
        String text = section.optionalText(key);
        if (text == null) {
            return null;
        }
        Path file = base.resolve(text);
        if (!Files.isRegularFile(file)) {
            section.mistake(key, text, "there is no such file");
        }
        return file;
    }
}
