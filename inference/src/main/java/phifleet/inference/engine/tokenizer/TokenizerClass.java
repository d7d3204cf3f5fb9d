package phifleet.inference.engine.tokenizer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
 * @param code the class of the folder's own code that makes the tokeniser, with its module; empty where transformers' does
 */
record TokenizerClass(Path file, JsonNode settings, JsonNode map, String name, String release, String code) {
    private static final JsonMapper JSON = new JsonMapper();

    /** The code of GTE-Qwen2's folders: Qwen2's class, which puts its own tokens around a text as Llama's does, and neither where not told to. */
    private static final String GTE_QWEN = "tokenization_qwen.Qwen2TokenizerFast";

    /** The class without ways of its own since release 5. */
    private static final String GENERIC = "TokenizersBackend";

    /** Families for which release 5 takes its class without ways of its own, whatever the folder names. */
    private static final Set<String> GENERIC_SINCE_5 =
            Set.of("granite", "mistral", "modernbert", "olmo2", "olmo3", "phi3", "stablelm", "umt5", "xlm-roberta-xl");

    /** Classes that write texts otherwise than a file says, in ways that are not built here: since release 5, and in all. */
    private static final Set<String> UNKNOWN_SINCE_5 = Set.of(
            "Blenderbot",
            "CLIP",
            "DPRContextEncoder",
            "DPRQuestionEncoder",
            "Funnel",
            "Herbert",
            "LayoutLMv2",
            "LayoutLMv3",
            "LayoutXLM",
            "Luke",
            "MLuke",
            "MarkupLM",
            "Nougat",
            "OpenAIGPT",
            "Pegasus",
            "Reformer",
            "Splinter",
            "Udop",
            "Whisper",
            "XGLM",
            "XLNet");

    private static final Set<String> UNKNOWN = Set.of("MBart", "MBart50", "Nllb", "SeamlessM4T");

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
            Map.entry("bloom", "Bloom"),
            Map.entry("camembert", "Camembert"),
            Map.entry("cohere", "Cohere"),
            Map.entry("cohere2", "Cohere"),
            Map.entry("convbert", "ConvBert"),
            Map.entry("data2vec-text", "Roberta"),
            Map.entry("deberta", "Deberta"),
            Map.entry("deberta-v2", "DebertaV2"),
            Map.entry("distilbert", "DistilBert"),
            Map.entry("electra", "Electra"),
            Map.entry("ernie", "Bert"),
            Map.entry("esm", "Esm"),
            Map.entry("gemma", "Gemma"),
            Map.entry("gemma2", "Gemma"),
            Map.entry("gemma3_text", "Gemma"),
            Map.entry("gpt2", "GPT2"),
            Map.entry("gpt_neo", "GPT2"),
            Map.entry("gpt_neox", "GPTNeoX"),
            Map.entry("gptj", "GPT2"),
            Map.entry("granite", "GPT2"),
            Map.entry("llama", "Llama"),
            Map.entry("longformer", "Longformer"),
            Map.entry("megatron-bert", "Bert"),
            Map.entry("mistral", "Llama"),
            Map.entry("mobilebert", "MobileBert"),
            Map.entry("modernbert", "PreTrained"),
            Map.entry("mpnet", "MPNet"),
            Map.entry("mt5", "T5"),
            Map.entry("olmo", "GPTNeoX"),
            Map.entry("olmo2", "GPTNeoX"),
            Map.entry("olmo3", "GPT2"),
            Map.entry("opt", "GPT2"),
            Map.entry("phi", "CodeGen"),
            Map.entry("phi3", "Llama"),
            Map.entry("qwen2", "Qwen2"),
            Map.entry("qwen3", "Qwen2"),
            Map.entry("rembert", "RemBert"),
            Map.entry("roberta", "Roberta"),
            Map.entry("roberta-prelayernorm", "Roberta"),
            Map.entry("roformer", "RoFormer"),
            Map.entry("smollm3", "PreTrained"),
            Map.entry("squeezebert", "SqueezeBert"),
            Map.entry("stablelm", "GPTNeoX"),
            Map.entry("starcoder2", "GPT2"),
            Map.entry("t5", "T5"),
            Map.entry("umt5", "T5"),
            Map.entry("xlm-roberta", "XLMRoberta"),
            Map.entry("xlm-roberta-xl", "XLMRoberta"),
            Map.entry("xmod", "XLMRoberta"));

    /** The same since release 5, of families that transformers knows since then or reads by another class. */
    private static final Map<String, String> USUAL_SINCE_5 = Map.of(
            "bloom", GENERIC,
            "convbert", "Bert",
            "gte", "XLMRoberta",
            "llama", GENERIC,
            "nomic_bert", "Bert",
            "phi", "GPT2",
            "smollm3", GENERIC);

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
                release,
                code(settings.has(key) || !model.path("auto_map").has("AutoTokenizer") ? settings : model));
    }

    /** Of two classes the second is the one that reads a {@code tokenizer.json}; code of another folder has its name before it. */
    private static String code(JsonNode settings) {
        JsonNode named = settings.path("auto_map");
        named = named.isObject() ? named.path("AutoTokenizer") : named;
        JsonNode fast = named.isArray() ? named.path(named.path(1).isTextual() ? 1 : 0) : named;
        return fast.asText("").replaceFirst(".*--", "");
    }

    private static String since5(String family, boolean open, String name) {
        if (GENERIC_SINCE_5.contains(family)) {
            return GENERIC;
        }
        // Whatever its folders name, for many name another.
        if (family.equals("qwen2") && !name.equals(GENERIC)) {
            return "Qwen2";
        }
        return open ? USUAL_SINCE_5.getOrDefault(family, name) : name;
    }

    /** The class that reads such a file: since release 5 one without ways of its own where Llama's is named over bytes. */
    TokenizerClass over(TokenizerParts own) {
        return !old() && name.equals("Llama") && ClassParts.hasBytes(own.splitter())
                ? new TokenizerClass(file, settings, map, GENERIC, release, code)
                : this;
    }

    /** The class's whole name. */
    String label() {
        return !code.isEmpty() ? code : name.equals(GENERIC) ? name : name + "Tokenizer";
    }

    private static boolean isLate(String release) {
        return release.matches("([5-9]|\\d{2,})\\..*");
    }

    /** Whether nothing says how the file is to be changed. */
    boolean isOpen() {
        return settings.isMissingNode() && name.isEmpty() && code.isEmpty();
    }

    /** Whether it is made by the code that GTE-Qwen2's folders bring. */
    boolean isOfGteQwen() {
        return code.equals(GTE_QWEN);
    }

    /** One of tokenizer_config.json's flags; null is down, as Python takes it. */
    boolean flag(String key, boolean usual) {
        return !settings.path(key).isNull() && settings.path(key).asBoolean(usual);
    }

    /** Refuses a class whose ways are not built here. */
    void mustBeKnown() throws ModelException {
        if (!code.isEmpty() && !(isOfGteQwen() && old())) {
            throw new ModelException(file + ": auto_map makes the tokeniser by " + code + ", code of the folder's own"
                    + (isOfGteQwen() ? ", which leaves its tokens out since release 5 of transformers" : "")
                    + ", which is not supported; a tokenizer.json that does the same must be there, without auto_map");
        }
        if (UNKNOWN.contains(name) || (!old() && UNKNOWN_SINCE_5.contains(name))) {
            throw new ModelException(
                    file + ": tokenizer_class " + label() + " writes texts otherwise than this file has it"
                            + (old() ? "" : " since release 5 of transformers") + ", in a way that is not supported");
        }
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
        JsonNode said = saidOf(key);
        String usual = UsualTokens.of(this).getOrDefault(key, "");
        return !said.isMissingNode() || usual.isEmpty() ? said : new TextNode(usual);
    }

    /** Whether a file has a token, and not its class alone. */
    boolean isNamed(String content) {
        Stream<JsonNode> ofFiles = Stream.of(settings, map)
                .flatMap(file -> Stream.concat(file.findValues("content").stream(), file.valueStream()));
        Stream<JsonNode> additional = AddedTokens.LISTS.stream().flatMap(key -> allNamed(key).stream());
        return Stream.concat(ofFiles, additional)
                .anyMatch(value -> value.asText("").equals(content));
    }

    /** What the files have under a name; missing where only the class has something. */
    private JsonNode saidOf(String key) {
        return countsMap() && map.has(key) ? map.path(key) : settings.path(key);
    }

    /** Whether a file has something under a name, and not the class alone. */
    boolean saysOf(String key) {
        return saidOf(key).isTextual() || saidOf(key).isObject();
    }

    /** All tokens under a name that has several; those of both files where the map counts. */
    List<JsonNode> allNamed(String key) {
        List<JsonNode> all = new ArrayList<>();
        settings.path(key).forEach(all::add);
        if (countsMap() && (old() || all.isEmpty())) {
            map.path(key).forEach(all::add);
        }
        return all;
    }

    private boolean countsMap() {
        return !settings.has("added_tokens_decoder");
    }

    /** {@code added_tokens.json} of older releases, ids by tokens. */
    JsonNode older() throws ModelException {
        return json(file.resolveSibling("added_tokens.json"));
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
