package phifleet.inference.engine.tokenizer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import phifleet.inference.model.ModelException;

/**
 * The class of transformers that reads a {@code tokenizer.json}, with what the files beside it tell that class.
 *
 * @param file the {@code tokenizer.json}
 * @param settings {@code tokenizer_config.json}; missing where there is none
 * @param map {@code special_tokens_map.json}; missing where there is none
 * @param name without {@code Tokenizer} and {@code TokenizerFast}; empty where nothing says
 * @param release of transformers that wrote the folder; empty where it does not say
 */
record TokenizerClass(Path file, JsonNode settings, JsonNode map, String name, String release) {
    private static final JsonMapper JSON = new JsonMapper();

    /** The class without ways of its own since release 5. */
    private static final String GENERIC = "TokenizersBackend";

    /** Families for which release 5 takes its class without ways of its own, whatever the folder names. */
    private static final Set<String> GENERIC_SINCE_5 =
            Set.of("granite", "mistral", "modernbert", "olmo2", "olmo3", "phi3", "umt5", "xlm-roberta-xl");

    /** Tokens by their names where no file has them: of BERT's kin, of RoBERTa's, of others. */
    private static final Map<String, String> BERT = Map.of(
            "unk_token",
            "[UNK]",
            "sep_token",
            "[SEP]",
            "pad_token",
            "[PAD]",
            "cls_token",
            "[CLS]",
            "mask_token",
            "[MASK]");

    private static final Map<String, String> ROBERTA = Map.of(
            "bos_token",
            "<s>",
            "eos_token",
            "</s>",
            "unk_token",
            "<unk>",
            "sep_token",
            "</s>",
            "pad_token",
            "<pad>",
            "cls_token",
            "<s>",
            "mask_token",
            "<mask>");

    private static final Map<String, String> MPNET = Map.of(
            "bos_token",
            "<s>",
            "eos_token",
            "</s>",
            "unk_token",
            "[UNK]",
            "sep_token",
            "</s>",
            "pad_token",
            "<pad>",
            "cls_token",
            "<s>",
            "mask_token",
            "<mask>");

    private static final Map<String, String> LLAMA =
            Map.of("bos_token", "<s>", "eos_token", "</s>", "unk_token", "<unk>");

    private static final Map<String, String> T5 =
            Map.of("eos_token", "</s>", "unk_token", "<unk>", "pad_token", "<pad>");

    private static final Map<String, String> GEMMA =
            Map.of("bos_token", "<bos>", "eos_token", "<eos>", "unk_token", "<unk>", "pad_token", "<pad>");

    private static final Map<String, String> COHERE = Map.of(
            "bos_token",
            "<BOS_TOKEN>",
            "eos_token",
            "<|END_OF_TURN_TOKEN|>",
            "unk_token",
            "<UNK>",
            "pad_token",
            "<PAD>");

    private static final Map<String, String> GPT =
            Map.of("bos_token", "<|endoftext|>", "eos_token", "<|endoftext|>", "unk_token", "<|endoftext|>");

    /** Classes of BERT's kin, with its own tokens around a text. */
    static final Set<String> OF_BERT = Set.of(
            "Albert",
            "Bert",
            "BigBird",
            "ConvBert",
            "DebertaV2",
            "DistilBert",
            "Electra",
            "LayoutLM",
            "Lxmert",
            "MobileBert",
            "RemBert",
            "SqueezeBert");

    /** The class of a {@code model_type}, where a folder names none. */
    private static final Map<String, String> USUAL = Map.ofEntries(
            Map.entry("albert", "Albert"),
            Map.entry("bart", "Bart"),
            Map.entry("bert", "Bert"),
            Map.entry("big_bird", "BigBird"),
            Map.entry("camembert", "Camembert"),
            Map.entry("cohere", "Cohere"),
            Map.entry("convbert", "ConvBert"),
            Map.entry("data2vec-text", "Roberta"),
            Map.entry("deberta", "Deberta"),
            Map.entry("deberta-v2", "DebertaV2"),
            Map.entry("distilbert", "DistilBert"),
            Map.entry("electra", "Electra"),
            Map.entry("ernie", "Bert"),
            Map.entry("gemma", "Gemma"),
            Map.entry("gemma2", "Gemma"),
            Map.entry("gemma3_text", "Gemma"),
            Map.entry("gpt2", "GPT2"),
            Map.entry("gpt_neo", "GPT2"),
            Map.entry("gpt_neox", "GPTNeoX"),
            Map.entry("llama", "Llama"),
            Map.entry("longformer", "Longformer"),
            Map.entry("megatron-bert", "Bert"),
            Map.entry("mistral", "Llama"),
            Map.entry("mobilebert", "MobileBert"),
            Map.entry("modernbert", "PreTrained"),
            Map.entry("mpnet", "MPNet"),
            Map.entry("mt5", "T5"),
            Map.entry("phi3", "Llama"),
            Map.entry("qwen2", "Qwen2"),
            Map.entry("qwen3", "Qwen2"),
            Map.entry("rembert", "RemBert"),
            Map.entry("roberta", "Roberta"),
            Map.entry("roberta-prelayernorm", "Roberta"),
            Map.entry("roformer", "RoFormer"),
            Map.entry("squeezebert", "SqueezeBert"),
            Map.entry("t5", "T5"),
            Map.entry("umt5", "T5"),
            Map.entry("xlm-roberta", "XLMRoberta"),
            Map.entry("xlm-roberta-xl", "XLMRoberta"),
            Map.entry("xmod", "XLMRoberta"));

    /** The same of families that transformers knows since release 5 only. */
    private static final Map<String, String> USUAL_SINCE_5 = Map.of("gte", "XLMRoberta", "nomic_bert", "Bert");

    /** @param file a {@code tokenizer.json} */
    static TokenizerClass read(Path file) throws ModelException {
        JsonNode settings = settings(file);
        JsonNode model = json(file.resolveSibling("config.json"));
        String key = "tokenizer_class";
        String named = settings.path(key).asText(model.path(key).asText(""));
        String usual = USUAL.getOrDefault(model.path("model_type").asText(""), "");
        String release = model.path("transformers_version").asText("");
        String family = model.path("model_type").asText("");
        String name = named.isEmpty() ? usual : named.replaceFirst("Tokenizer(Fast)?$", "");
        return new TokenizerClass(
                file,
                settings,
                json(file.resolveSibling("special_tokens_map.json")),
                isLate(release) ? since5(family, named.isEmpty(), name) : name,
                release);
    }

    private static String since5(String family, boolean open, String name) {
        if (GENERIC_SINCE_5.contains(family) || (open && family.equals("llama"))) {
            return GENERIC;
        }
        // Whatever its folders name, for many name another.
        if (family.equals("qwen2") && !name.equals(GENERIC)) {
            return "Qwen2";
        }
        return open ? USUAL_SINCE_5.getOrDefault(family, name) : name;
    }

    /** The class's whole name. */
    String label() {
        return name.equals(GENERIC) ? name : name + "Tokenizer";
    }

    private static boolean isLate(String release) {
        return release.matches("([5-9]|\\d{2,})\\..*");
    }

    /** Whether nothing says how the file is to be changed. */
    boolean isOpen() {
        return settings.isMissingNode() && (old() || name.isEmpty());
    }

    /** One of tokenizer_config.json's flags. */
    boolean flag(String key, boolean usual) {
        return settings.path(key).asBoolean(usual);
    }

    /** Whether the folder is of a release before 5, or does not say. */
    boolean old() {
        return !isLate(release);
    }

    /** Whether the folder names a release. */
    boolean isStated() {
        return !release.isEmpty();
    }

    /** One of its own tokens by its name; empty where it has none. */
    String token(String key) {
        JsonNode token = named(key);
        return token.isObject() ? token.path("content").asText("") : token.asText("");
    }

    /** The same as a file has it, else as its class does; null or missing where it has none. The map counts where no ids are named. */
    JsonNode named(String key) {
        if (!settings.has("added_tokens_decoder") && map.has(key)) {
            return map.path(key);
        }
        String usual = usual().getOrDefault(key, "");
        return settings.has(key) || usual.isEmpty() ? settings.path(key) : new TextNode(usual);
    }

    /** Whether a file has a token, and not its class alone. */
    boolean isNamed(String content) {
        Stream<JsonNode> ofFiles = Stream.of(settings, map)
                .flatMap(file -> Stream.concat(file.findValues("content").stream(), file.valueStream()));
        Stream<JsonNode> additional =
                AddedTokens.LISTS.stream().flatMap(key -> settings.path(key).valueStream());
        return Stream.concat(ofFiles, additional)
                .anyMatch(value -> value.asText("").equals(content));
    }

    private Map<String, String> usual() {
        if (OF_BERT.contains(name)) {
            return BERT;
        }
        return switch (name) {
            case "Deberta" -> BERT;
            case "Bart", "Camembert", "Longformer", "Roberta", "XLMRoberta" -> ROBERTA;
            case "MPNet" -> MPNET;
            case "Llama", "CodeLlama" -> LLAMA;
            case "T5" -> T5;
            case "Gemma" -> GEMMA;
            case "Cohere" -> COHERE;
            case "GPT2", "GPTNeoX" -> GPT;
            default -> Map.of();
        };
    }

    /** {@code tokenizer_config.json} beside a {@code tokenizer.json}; missing where there is none. */
    static JsonNode settings(Path file) throws ModelException {
        return json(file.resolveSibling("tokenizer_config.json"));
    }

    private static JsonNode json(Path file) throws ModelException {
        try {
            return Files.exists(file) ? JSON.readTree(Files.readAllBytes(file)) : JSON.missingNode();
        } catch (JacksonException e) {
            throw ModelException.ofJson(file.toString(), e);
        } catch (IOException e) {
            throw new ModelException(file + " cannot be read: " + e, e);
        }
    }
}
