package phifleet.worker;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsSection;
import phifleet.inference.hub.FolderWishes;
import phifleet.inference.hub.KnownModel;
import phifleet.inference.hub.TextModelFolder;
import phifleet.inference.hub.remote.HubName;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Pooling;

/** What an entry of {@code models} says of how a model's folder is to be read. */
record FolderSettings(SettingsSection section) {

    /** The engine that is named; null where none is. */
    @Nullable
    EngineKind engine() {
        return section.optionalText("engine") == null
                ? null
                : section.choice("engine", EngineKind.ONNXRUNTIME, EngineKind.class);
    }

    /** Before there is a folder: what decides which files are needed. */
    FolderWishes toFetch() {
        String weights = section.optionalText("weights");
        return new FolderWishes(
                engine(),
                weights == null ? null : Path.of(weights),
                null,
                section.optionalText("precision"),
                null,
                null,
                OptionalInt.empty());
    }

    /** Once there is one. */
    FolderWishes of(Path folder) {
        OptionalInt maxTokens = section.optionalText("max-tokens") == null
                ? OptionalInt.empty()
                : OptionalInt.of(section.integer("max-tokens", 3, 3, 1_000_000));
        return new FolderWishes(
                engine(),
                ServingSettings.file(section, "weights", folder),
                ServingSettings.file(section, "tokenizer", folder),
                section.optionalText("precision"),
                pooling(),
                section.optionalText("output"),
                maxTokens);
    }

    /**
     * Reads a folder with a model of texts; null where that cannot be.
     *
     * @param name on the Hub; null for a folder of one's own
     */
    @Nullable
    ModelSpec read(String id, Path folder, @Nullable HubName name) {
        try {
            KnownModel known = name == null ? null : KnownModel.find(name.id()).orElse(null);
            return TextModelFolder.read(folder, of(folder), known, TextModelSettings.task(section), id);
        } catch (ModelException e) {
            section.mistake(name == null ? "path" : "hub", folder.toString(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    /** One way to pool, or several joined by '+'; null where the setting is not given. */
    @Nullable
    Pooling pooling() {
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
}
