package phifleet.inference.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the files of a folder in the Hugging Face layout say of a sentence encoder: {@code config.json},
 * {@code tokenizer_config.json}, and those of sentence-transformers, {@code modules.json}, {@code 1_Pooling/config.json},
 * {@code sentence_bert_config.json} and {@code config_sentence_transformers.json}. All but the weights and the tokeniser
 * may be absent.
 *
 * @param weights {@code model.onnx}, {@code onnx/model.onnx} or {@code model.pt}
 * @param engine what runs the weights
 * @param tokenizer {@code tokenizer.json}
 * @param maxTokens tokens of one text, special tokens included
 * @param padId the token that fills a batch up
 * @param defaultPrompt the name of the prompt used where a request names none
 */
public record HuggingFaceFolder(
        Path weights,
        EngineKind engine,
        Path tokenizer,
        Pooling pooling,
        boolean normalize,
        int maxTokens,
        int padId,
        Map<String, String> prompts,
        @Nullable String defaultPrompt) {
    private static final int USUAL_MAX_TOKENS = 512;

    private static final List<String> ONNX = List.of("model.onnx", "onnx/model.onnx");
    private static final List<String> TORCHSCRIPT = List.of("model.pt");

    /** Families whose positions start after the padding's, so that fewer are left for tokens than the table has. */
    private static final List<String> SHIFTED_POSITIONS =
            List.of("roberta", "xlm-roberta", "camembert", "mpnet", "xlm-roberta-xl", "data2vec-text");

    public HuggingFaceFolder {
        prompts = Map.copyOf(prompts);
    }

    /**
     * Reads a folder.
     *
     * @param engine what is to run it; null to take what the folder has, ONNX first
     * @param weights the weights, where they have another name than the usual ones; else null
     * @param tokenizer the same for the tokeniser
     * @throws ModelException with the file that is missing or says what is not supported
     */
    public static HuggingFaceFolder read(
            Path folder, @Nullable EngineKind engine, @Nullable Path weights, @Nullable Path tokenizer)
            throws ModelException {
        if (!Files.isDirectory(folder)) {
            throw new ModelException(folder + " is not a folder");
        }
        JsonNode config = json(folder.resolve("config.json"));
        JsonNode transformers = json(folder.resolve("config_sentence_transformers.json"));
        List<String> modules = modules(folder);
        Map<String, String> prompts = new LinkedHashMap<>();
        transformers
                .path("prompts")
                .properties()
                .forEach(entry -> prompts.put(entry.getKey(), entry.getValue().asText()));
        String defaultPrompt = transformers.path("default_prompt_name").asText("");
        Path found = weights == null ? first(folder, usualNames(engine)) : weights;
        return new HuggingFaceFolder(
                found,
                engine == null ? engineOf(found) : engine,
                tokenizer == null ? first(folder, List.of("tokenizer.json")) : tokenizer,
                pooling(folder),
                modules.isEmpty() || modules.contains("Normalize"),
                maxTokens(folder, config),
                config.path("pad_token_id").asInt(0),
                prompts,
                defaultPrompt.isEmpty() || defaultPrompt.equals("null") ? null : defaultPrompt);
    }

    private static List<String> modules(Path folder) throws ModelException {
        JsonNode modules = json(folder.resolve("modules.json"));
        List<String> types = modules.valueStream()
                .map(module -> module.path("type").asText())
                .map(type -> type.substring(type.lastIndexOf('.') + 1))
                .toList();
        for (String type : types) {
            if (!List.of("Transformer", "Pooling", "Normalize").contains(type)) {
                throw new ModelException(folder.resolve("modules.json") + " has a module " + type
                        + "; Transformer, Pooling and Normalize are supported");
            }
        }
        return types;
    }

    private static Pooling pooling(Path folder) throws ModelException {
        Path file = folder.resolve("1_Pooling").resolve("config.json");
        JsonNode config = json(file);
        if (config.isMissingNode()) {
            return Pooling.MEAN;
        }
        List<String> modes = Stream.concat(
                        config.propertyStream()
                                .filter(entry -> entry.getKey().startsWith("pooling_mode_")
                                        && entry.getValue().asBoolean())
                                .map(entry -> entry.getKey().substring("pooling_mode_".length())),
                        Stream.of(config.path("pooling_mode").asText("")).filter(mode -> !mode.isEmpty()))
                .toList();
        return switch (modes.size() == 1 ? modes.getFirst() : "") {
            case "mean_tokens", "mean" -> Pooling.MEAN;
            case "cls_token", "cls" -> Pooling.CLS;
            case "lasttoken", "last_token" -> Pooling.LAST;
            default ->
                throw new ModelException(
                        file + " asks for pooling " + modes + "; one of mean, cls and last token is supported");
        };
    }

    private static int maxTokens(Path folder, JsonNode config) throws ModelException {
        int most = Integer.MAX_VALUE;
        int positions = config.path("max_position_embeddings").asInt(0);
        if (positions > 0) {
            boolean shifted =
                    SHIFTED_POSITIONS.contains(config.path("model_type").asText());
            most = shifted ? positions - config.path("pad_token_id").asInt(1) - 1 : positions;
        }
        long tokenizer = json(folder.resolve("tokenizer_config.json"))
                .path("model_max_length")
                .asLong(0);
        if (tokenizer > 0 && tokenizer < most) {
            most = (int) tokenizer;
        }
        int sentence = json(folder.resolve("sentence_bert_config.json"))
                .path("max_seq_length")
                .asInt(0);
        if (sentence > 0 && sentence < most) {
            most = sentence;
        }
        return most == Integer.MAX_VALUE ? USUAL_MAX_TOKENS : most;
    }

    private static List<String> usualNames(@Nullable EngineKind engine) {
        return switch (engine) {
            case null -> Stream.concat(ONNX.stream(), TORCHSCRIPT.stream()).toList();
            case ONNXRUNTIME -> ONNX;
            case PYTORCH -> TORCHSCRIPT;
        };
    }

    private static EngineKind engineOf(Path weights) {
        return weights.toString().endsWith(".pt") ? EngineKind.PYTORCH : EngineKind.ONNXRUNTIME;
    }

    private static Path first(Path folder, List<String> names) throws ModelException {
        for (String name : names) {
            Path file = folder.resolve(name);
            if (Files.isRegularFile(file)) {
                return file;
            }
        }
        throw new ModelException(folder + " has no " + String.join(" and no ", names));
    }

    private static JsonNode json(Path file) throws ModelException {
        if (!Files.isRegularFile(file)) {
            return MissingNode.getInstance();
        }
        try {
            return new JsonMapper().readTree(file.toFile());
        } catch (IOException e) {
            throw new ModelException(file + " cannot be read: " + e.getMessage(), e);
        }
    }
}
