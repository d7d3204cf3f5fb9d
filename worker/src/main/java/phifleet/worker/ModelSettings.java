package phifleet.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsReader;
import phifleet.common.settings.SettingsSection;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.HuggingFaceFolder;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Pooling;

/**
 * The models that a worker is to serve, from {@code models.yaml}. The first is the default.
 *
 * @param models at least one
 */
record ModelSettings(List<ModelSpec> models) {
    private static final String NAME = "[A-Za-z0-9][A-Za-z0-9._/-]{0,127}";
    private static final String DEVICE = "auto|cpu|cuda(:\\d{1,2})?";

    ModelSettings {
        models = List.copyOf(models);
    }

    /** The embedded model alone. */
    static ModelSettings embedded() {
        return new ModelSettings(List.of(EmbeddedModel.ALL_MINILM_L6_V2.spec()));
    }

    /**
     * Reads the list {@code models}; an empty one means the embedded model.
     *
     * @param base what relative paths are relative to
     */
    static ModelSettings read(SettingsReader reader, Path base) {
        List<ModelSpec> specs = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (SettingsSection section : reader.root().sections("models")) {
            ModelSpec spec = spec(section, base);
            if (spec != null) {
                specs.add(spec);
                List<String> own = new ArrayList<>(spec.aliases());
                own.add(spec.id());
                for (String name : own) {
                    if (!names.add(name)) {
                        section.mistake("id", name, "another model has this name");
                    }
                }
            }
        }
        return specs.isEmpty() ? embedded() : new ModelSettings(specs);
    }

    private static @Nullable ModelSpec spec(SettingsSection section, Path base) {
        String id = section.requiredText("id");
        if (!id.isEmpty() && !id.matches(NAME)) {
            section.mistake("id", id, "must be 1 to 128 letters, digits, '.', '_', '-' or '/'");
        }
        String path = section.optionalText("path");
        Optional<EmbeddedModel> embedded = EmbeddedModel.find(section.text("embedded", path == null ? id : ""));
        String embeddedText = section.optionalText("embedded");
        if (path == null && embedded.isEmpty()) {
            section.mistake(
                    embeddedText == null ? "path" : "embedded",
                    embeddedText,
                    "give a path, or the name of an embedded model: "
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
        EngineKind engine = section.optionalText("engine") == null
                ? null
                : section.choice("engine", EngineKind.ONNXRUNTIME, EngineKind.class);
        if (path == null && engine == EngineKind.PYTORCH) {
            section.mistake("engine", "pytorch", "must be onnxruntime, since the embedded models are ONNX graphs");
        }
        ModelSpec found =
                path == null ? embedded.orElseThrow().spec() : folder(section, id, base.resolve(path), engine);
        return found == null ? null : withSettings(section, id, found, base);
    }

    private static @Nullable ModelSpec folder(
            SettingsSection section, String id, Path path, @Nullable EngineKind engine) {
        try {
            HuggingFaceFolder folder = HuggingFaceFolder.read(
                    path, engine, file(section, "weights", path), file(section, "tokenizer", path));
            return new ModelSpec(
                    id,
                    List.of(),
                    new ModelSource.Files(folder.weights(), folder.tokenizer()),
                    folder.engine(),
                    "auto",
                    "fp32",
                    folder.pooling(),
                    folder.normalize(),
                    folder.maxTokens(),
                    folder.padId(),
                    folder.prompts(),
                    folder.defaultPrompt(),
                    null,
                    0,
                    true);
        } catch (ModelException e) {
            section.mistake("path", path.toString(), String.valueOf(e.getMessage()));
            return null;
        }
    }

    private static ModelSpec withSettings(SettingsSection section, String id, ModelSpec found, Path base) {
        String device = section.text("device", found.device());
        if (!device.matches(DEVICE)) {
            section.mistake("device", device, "must be auto, cpu, cuda or cuda:N");
        }
        Map<String, String> prompts = new LinkedHashMap<>(found.prompts());
        prompts.putAll(section.texts("prompts"));
        String defaultPrompt = section.optionalText("default-prompt");
        if (defaultPrompt == null) {
            defaultPrompt = found.defaultPrompt();
        }
        if (defaultPrompt != null && !prompts.containsKey(defaultPrompt)) {
            section.mistake("default-prompt", defaultPrompt, "must be one of the prompts " + prompts.keySet());
        }
        String precision = section.text("precision", found.precision());
        if (!List.of("fp32", "fp16", "bf16", "int8").contains(precision)) {
            section.mistake("precision", precision, "must be one of fp32, fp16, bf16, int8");
        }
        Path golden = file(section, "golden", base);
        return new ModelSpec(
                id,
                section.list("aliases", id.equals(found.id()) ? found.aliases() : List.of()),
                found.source(),
                found.engine(),
                device,
                precision,
                section.choice("pooling", found.pooling(), Pooling.class),
                section.flag("normalize", found.normalize()),
                section.integer("max-tokens", found.maxTokens(), 3, 1_000_000),
                section.integer("pad-id", found.padId(), 0, Integer.MAX_VALUE),
                prompts,
                defaultPrompt,
                golden == null ? found.golden() : new ModelSpec.Golden.File(golden),
                section.integer("batch-tokens", found.batchTokens(), 0, 1_000_000),
                section.flag("packing", found.packing()));
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
