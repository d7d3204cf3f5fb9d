package phifleet.inference.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.DeviceChoice;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Precision;
import phifleet.inference.model.Recipe;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenHeads;
import phifleet.inference.model.TokenInput;
import phifleet.inference.model.VectorModule;
import phifleet.inference.text.module.Normalize;

/**
 * What the files of a folder in the Hugging Face layout say of a sentence encoder: {@code config.json},
 * {@code tokenizer_config.json}, and those of sentence-transformers, {@code modules.json}, each module's {@code config.json},
 * {@code sentence_bert_config.json} and {@code config_sentence_transformers.json}. All but the weights and the tokeniser may be
 * absent. What they say is followed to the letter; where they say nothing and a choice is left, reading fails with the setting
 * that would decide.
 *
 * @param source the weights and the tokeniser
 * @param engine what runs the weights
 * @param precision what the weights are
 * @param normalize whether the last module scales to length one
 * @param maxTokens tokens of one text, special tokens included
 * @param padId the token that fills a batch up
 * @param defaultPrompt the name of the prompt used where a request names none
 * @param heads what it gives of tokens besides; null for nothing
 */
public record HuggingFaceFolder(
        ModelSource source,
        EngineKind engine,
        String precision,
        Pooling pooling,
        boolean normalize,
        int maxTokens,
        int padId,
        Map<String, String> prompts,
        @Nullable String defaultPrompt,
        Recipe recipe,
        @Nullable TokenHeads heads) {

    private static final FileTree DISK = new FileTree.OnDisk();

    /** What sentence-transformers calls a sentence encoder. */
    private static final String TYPE = "SentenceTransformer";

    public HuggingFaceFolder {
        prompts = Map.copyOf(prompts);
    }

    /**
     * Reads a folder of which nothing else is known.
     *
     * @throws ModelException with the file that is missing or says what is not supported, or the setting that is needed
     */
    public static HuggingFaceFolder read(Path folder, FolderWishes wished) throws ModelException {
        return read(folder, wished, null);
    }

    /**
     * Reads a folder.
     *
     * @param known what its name tells, for what the folder does not
     * @throws ModelException with the file that is missing or says what is not supported, or the setting that is needed
     */
    public static HuggingFaceFolder read(Path folder, FolderWishes wished, @Nullable KnownModel known)
            throws ModelException {
        if (!Files.isDirectory(folder)) {
            throw new ModelException(folder + " is not a folder");
        }
        Decisions decisions = new Decisions();
        ModuleList modules = ModuleList.read(folder);
        Optional<ModuleList.Entry> entry = modules.network();
        Path network = entry.map(ModuleList.Entry::folder).orElse(folder);
        JsonFile config = existing(network.resolve("config.json"), folder.resolve("config.json"));
        boolean isTable = modules.isTable(config);
        Path tokenizer =
                ModelFile.check(wished.tokenizer() == null ? tokenizer(network, folder, config) : wished.tokenizer());
        Pooling said = isTable ? null : pooling(folder, modules, wished, decisions);
        NetworkPlan plan = isTable
                ? Networks.table(network, folder, tokenizer, wished, decisions)
                : Networks.transformer(
                        folder,
                        WeightsChoice.find(DISK, network, folder, wished, decisions),
                        tokenizer,
                        config,
                        said,
                        known,
                        wished.output(),
                        decisions);
        List<VectorModule> all = new ArrayList<>(ModuleFiles.read(modules));
        boolean scaled = !all.isEmpty() && all.getLast() instanceof Normalize;
        if (scaled) {
            all.removeLast();
        }
        boolean normalize = normalize(modules, scaled, isTable, config, known, decisions);
        List<VectorModule> behind = plan.whole() ? List.of() : List.copyOf(all);
        if (!all.isEmpty()) {
            decisions.add(
                    all.stream().map(VectorModule::label).toList() + (plan.whole() ? " in the graph" : ""),
                    "modules.json");
        }
        int maxTokens = isTable
                ? TokenLimit.ANY
                : TokenLimit.read(network, config, wished, modules.exists() ? null : known, decisions);
        JsonFile transformers = JsonFile.read(folder.resolve("config_sentence_transformers.json"));
        if (modules.exists()) {
            mustFollowModules(transformers);
        }
        if (!isTable) {
            LoadingArguments.mustGiveTokens(TokenLimit.sentenceBert(network));
        }
        Map<String, String> prompts = prompts(transformers, known, decisions);
        mustPoolPrompts(plan, said, prompts, folder);
        TokenHeads heads = TokenHeadFiles.find(folder, plan, tokenizer, decisions);
        return new HuggingFaceFolder(
                plan.source(),
                plan.engine(),
                plan.precision(),
                plan.pooling(),
                normalize,
                maxTokens,
                config.at("pad_token_id").asInt(0),
                prompts,
                defaultPrompt(transformers, prompts, decisions),
                new Recipe(
                        plan.output(),
                        behind,
                        dimensions(transformers, decisions),
                        plan.tasks(),
                        !isTable && TokenLimit.lowerCase(network),
                        !isTable,
                        decisions.all()),
                heads);
    }

    /** The specification, with everything else at its default. */
    public ModelSpec spec(String id) {
        return new ModelSpec(
                id,
                List.of(),
                source,
                engine,
                DeviceChoice.AUTO,
                Precision.find(precision).orElseThrow(),
                null,
                ModelSpec.Scheduling.DEFAULT,
                new Task.SentenceEncoding(
                                new TokenInput(maxTokens, padId, true),
                                pooling,
                                normalize,
                                prompts,
                                defaultPrompt,
                                recipe)
                        .with(heads));
    }

    private static @Nullable Pooling pooling(Path folder, ModuleList modules, FolderWishes wished, Decisions decisions)
            throws ModelException {
        Optional<ModuleList.Entry> entry = modules.pooling();
        Path file = entry.map(ModuleList.Entry::folder)
                .orElse(folder.resolve("1_Pooling"))
                .resolve("config.json");
        JsonFile config = JsonFile.read(file);
        if (wished.pooling() != null) {
            decisions.add("pooling " + wished.pooling().label(), "pooling");
            return wished.pooling();
        }
        if (entry.isPresent() && !config.exists()) {
            throw new ModelException(file + " is not there, though modules.json names it");
        }
        if (!config.exists()) {
            return null;
        }
        Pooling pooling = PoolingFile.read(config);
        decisions.add(
                "pooling " + pooling.label() + (pooling.includePrompt() ? "" : " without the prompt"), config.name());
        return pooling;
    }

    /** Of another type sentence-transformers would leave the modules aside, and take the mean of what the network gives. */
    private static void mustFollowModules(JsonFile transformers) throws ModelException {
        JsonNode type = transformers.at("model_type");
        if (!type.isMissingNode() && !type.asText().equals(TYPE)) {
            throw new ModelException(transformers.path() + ": model_type is " + type + "; modules.json is followed for "
                    + TYPE + " alone");
        }
    }

    /** A graph that pools by itself pools all that it is given. */
    private static void mustPoolPrompts(
            NetworkPlan plan, @Nullable Pooling said, Map<String, String> prompts, Path folder) throws ModelException {
        if (plan.whole() && said != null && !said.includePrompt() && !prompts.isEmpty()) {
            throw new ModelException(
                    folder + ": prompts are to be left out of pooling (include_prompt), but the graph pools"
                            + " by itself; set output: to one with a vector a token");
        }
    }

    private static boolean normalize(
            ModuleList modules,
            boolean scaled,
            boolean isTable,
            JsonFile config,
            @Nullable KnownModel known,
            Decisions decisions) {
        @Nullable Boolean told = known == null ? null : known.normalize();
        boolean normalize =
                modules.exists() ? scaled : isTable ? config.at("normalize").asBoolean(true) : told == null || told;
        String by = modules.exists()
                ? "modules.json"
                : isTable ? config.name() : told == null ? "default without modules.json" : KnownModel.FILE;
        decisions.add(normalize ? "normalized" : "not normalized", by);
        return normalize;
    }

    private static Map<String, String> prompts(JsonFile transformers, @Nullable KnownModel known, Decisions decisions) {
        if (!transformers.exists() && known != null && !known.prompts().isEmpty()) {
            decisions.add("prompts " + new TreeSet<>(known.prompts().keySet()), KnownModel.FILE);
            return known.prompts();
        }
        Map<String, String> prompts = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> prompt : transformers.at("prompts").properties()) {
            if (prompt.getValue().isTextual()) {
                prompts.put(prompt.getKey(), prompt.getValue().asText());
            }
        }
        return prompts;
    }

    private static @Nullable String defaultPrompt(
            JsonFile transformers, Map<String, String> prompts, Decisions decisions) throws ModelException {
        JsonNode name = transformers.at("default_prompt_name");
        if (!name.isTextual() || name.asText().isEmpty()) {
            return null;
        }
        if (!prompts.containsKey(name.asText())) {
            throw new ModelException(transformers.path() + ": default_prompt_name is " + name.asText()
                    + ", which is none of the prompts " + prompts.keySet());
        }
        decisions.add("default prompt " + name.asText(), transformers.name());
        return name.asText();
    }

    private static int dimensions(JsonFile transformers, Decisions decisions) throws ModelException {
        JsonNode said = transformers.at("truncate_dim");
        int dimensions = said.asInt(0);
        if (!said.isMissingNode() && !said.isNull() && dimensions < 1) {
            throw new ModelException(
                    transformers.path() + ": truncate_dim is " + said + " and must be a number from 1 on, or null");
        }
        if (dimensions > 0) {
            decisions.add(dimensions + " dimensions", transformers.name());
        }
        return dimensions;
    }

    private static Path tokenizer(Path network, Path folder, JsonFile config) throws ModelException {
        return TokenizerFile.find(DISK, List.of(network, folder), config)
                .orElseThrow(() -> new ModelException(folder + " has no tokenizer.json"));
    }

    private static JsonFile existing(Path first, Path second) throws ModelException {
        JsonFile file = JsonFile.read(first);
        return file.exists() ? file : JsonFile.read(second);
    }
}
