package phifleet.inference.engine.tokenizer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import phifleet.inference.model.ModelException;

/**
 * The class of transformers that reads a {@code tokenizer.json}, with what the files beside it tell that class.
 *
 * @param settings {@code tokenizer_config.json}; missing where there is none
 * @param name without {@code Tokenizer} and {@code TokenizerFast}; empty where nothing says
 * @param old whether the folder is of a release before 5, or does not say
 */
record TokenizerClass(JsonNode settings, String name, boolean old) {
    private static final JsonMapper JSON = new JsonMapper();

    /** The class of a {@code model_type}, where a folder names none. */
    private static final Map<String, String> USUAL = Map.ofEntries(
            Map.entry("albert", "Albert"),
            Map.entry("bert", "Bert"),
            Map.entry("convbert", "ConvBert"),
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
            Map.entry("mobilebert", "MobileBert"),
            Map.entry("modernbert", "PreTrained"),
            Map.entry("mpnet", "MPNet"),
            Map.entry("rembert", "RemBert"),
            Map.entry("roberta", "Roberta"),
            Map.entry("roformer", "RoFormer"),
            Map.entry("squeezebert", "SqueezeBert"));

    /** @param file a {@code tokenizer.json} */
    static TokenizerClass read(Path file) throws ModelException {
        JsonNode settings = json(file.resolveSibling("tokenizer_config.json"));
        JsonNode model = json(file.resolveSibling("config.json"));
        String key = "tokenizer_class";
        String named = settings.path(key).asText(model.path(key).asText(""));
        String usual = USUAL.getOrDefault(model.path("model_type").asText(""), "");
        boolean old = !model.path("transformers_version").asText("4").matches("[5-9]\\..*");
        return new TokenizerClass(settings, named.isEmpty() ? usual : named.replaceFirst("Tokenizer(Fast)?$", ""), old);
    }

    /** One of its own tokens by its name; as usual where the file does not say. */
    String token(String key, String usual) {
        JsonNode token = settings.path(key);
        return token.isObject() ? token.path("content").asText(usual) : token.asText(usual);
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
