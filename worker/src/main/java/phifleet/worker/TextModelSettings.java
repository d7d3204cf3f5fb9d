package phifleet.worker;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsSection;
import phifleet.inference.hub.CalibrationFile;
import phifleet.inference.hub.TextTask;
import phifleet.inference.model.Activation;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.NumberRanges;
import phifleet.inference.model.Overflow;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Precision;
import phifleet.inference.model.RankingPrompt;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenInput;

/** What an entry of {@code models.yaml} says of what a model does with texts. */
final class TextModelSettings {
    private final SettingsSection section;
    private final Path base;

    /** @param base what relative paths are relative to */
    TextModelSettings(SettingsSection section, Path base) {
        this.section = section;
        this.base = base;
    }

    /** A model as its files have it, with what the entry sets. */
    ModelSpec with(ModelSpec found, String id) {
        Path golden = ServingSettings.file(section, "golden", base);
        String calibration = section.optionalText("calibration");
        if (calibration != null && !(found.task() instanceof Task.SentenceEncoding)) {
            section.mistake("calibration", calibration, "bounds of numbers are a sentence encoder's");
        }
        return new ModelSpec(
                id,
                section.list("aliases", id.equals(found.id()) ? found.aliases() : List.of()),
                found.source(),
                found.engine(),
                ServingSettings.device(section, found.device()),
                section.choice("precision", found.precision(), Precision.class),
                golden == null ? found.golden() : new ModelSpec.Golden.File(golden),
                ServingSettings.scheduling(section, found.scheduling()),
                task(found));
    }

    /** Whether the entry names a task of texts. */
    static boolean hasTask(SettingsSection section) {
        return find(section) != null;
    }

    /** The task that the entry names; null for what the model's files say. */
    static @Nullable TextTask task(SettingsSection section) {
        TextTask found = find(section);
        if (found == null && section.optionalText("task") != null) {
            // A model on the Hub, which is always one of texts.
            return section.choice("task", TextTask.SENTENCE_ENCODING, TextTask.class);
        }
        return found;
    }

    private static @Nullable TextTask find(SettingsSection section) {
        String name = section.optionalText("task");
        for (TextTask task : TextTask.values()) {
            if (SettingsSection.label(task).equals(name)) {
                return task;
            }
        }
        return null;
    }

    /** The task as the model's files have it, with what the entry sets. */
    private Task task(ModelSpec spec) {
        return switch (spec.texts()) {
            case Task.SentenceEncoding found -> encoding(spec.source(), found);
            case Task.CrossEncoding found ->
                new Task.CrossEncoding(
                        input(found.input()),
                        found.pooling(),
                        section.choice("activation", found.activation(), Activation.class),
                        prompt(found.prompt()),
                        found.recipe());
            case Task.TextClassification found ->
                new Task.TextClassification(
                        input(found.input()),
                        found.pooling(),
                        found.labels(),
                        section.choice("activation", found.activation(), Activation.class),
                        found.recipe());
            case Task.SparseEncoding found ->
                new Task.SparseEncoding(
                        input(found.input()), found.squashed(), found.summed(), found.queries(), found.recipe());
            case Task.TokenClassification found ->
                new Task.TokenClassification(
                        input(found.input()), found.labels(), found.marksSubwords(), found.unknown(), found.recipe());
            case Task.MultiVectorEncoding found ->
                new Task.MultiVectorEncoding(
                        input(found.input()),
                        found.queryToken(),
                        found.documentToken(),
                        found.queryTokens(),
                        found.filler(),
                        found.attendsFiller(),
                        found.skipped(),
                        found.dimension(),
                        found.recipe());
            case Task.SpanExtraction found ->
                new Task.SpanExtraction(
                        input(found.input()),
                        found.labelToken(),
                        found.textToken(),
                        found.maxWidth(),
                        found.maxWords(),
                        found.recipe());
        };
    }

    private @Nullable RankingPrompt prompt(@Nullable RankingPrompt found) {
        String instruction = section.optionalText("instruction");
        if (instruction == null) {
            return found;
        }
        if (found == null) {
            section.mistake("instruction", instruction, "this model is asked without an instruction");
            return null;
        }
        return new RankingPrompt(found.prefix(), found.middle(), found.suffix(), instruction, found.yes(), found.no());
    }

    private TokenInput input(TokenInput found) {
        return new TokenInput(
                section.integer("max-tokens", found.maxTokens(), 3, 1_000_000),
                section.integer("pad-id", found.padId(), 0, Integer.MAX_VALUE),
                section.flag("packing", found.packing()),
                found.filled());
    }

    /** A sentence encoder as its files have it, with what the entry sets. */
    Task.SentenceEncoding encoding(ModelSource source, Task.SentenceEncoding found) {
        Map<String, String> prompts = new LinkedHashMap<>(found.prompts());
        prompts.putAll(section.texts("prompts"));
        String defaultPrompt = section.optionalText("default-prompt");
        if (defaultPrompt == null) {
            defaultPrompt = found.defaultPrompt();
        }
        if (defaultPrompt != null && !prompts.containsKey(defaultPrompt)) {
            section.mistake("default-prompt", defaultPrompt, "must be one of the prompts " + prompts.keySet());
        }
        // A folder has been read with it already, and a graph that pools by itself stays one.
        Pooling pooling = source instanceof ModelSource.Embedded ? new FolderSettings(section).pooling() : null;
        return new Task.SentenceEncoding(
                input(found.input()),
                pooling == null ? found.pooling() : pooling,
                section.flag("normalize", found.normalize()),
                prompts,
                defaultPrompt,
                found.recipe(),
                section.choice("overflow", found.overflow(), Overflow.class),
                found.heads(),
                ranges());
    }

    /** Between what bounds its vectors' numbers lie; null where the entry does not say. */
    private @Nullable NumberRanges ranges() {
        Path file = ServingSettings.file(section, "calibration", base);
        try {
            return file == null || !Files.isRegularFile(file) ? null : CalibrationFile.read(file);
        } catch (ModelException e) {
            section.mistake("calibration", String.valueOf(file), String.valueOf(e.getMessage()));
            return null;
        }
    }
}
