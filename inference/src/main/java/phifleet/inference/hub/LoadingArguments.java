package phifleet.inference.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import phifleet.inference.model.ModelException;

/**
 * What {@code sentence_bert_config.json} hands on to those who load the network, its settings and its tokeniser, and who prepare texts: more
 * settings, that stand above all other files. Those that change no vector are let pass, and others refused.
 *
 * <p>Source: the module {@code Transformer} of sentence-transformers 5.7 and 6.2.
 */
final class LoadingArguments {
    private static final Set<String> NETWORK = Set.of(
            "add_pooling_layer",
            "attn_implementation",
            "cache_dir",
            "device_map",
            "dtype",
            "local_files_only",
            "low_cpu_mem_usage",
            "revision",
            "token",
            "torch_dtype",
            "trust_remote_code",
            "unpad_inputs",
            "use_memory_efficient_attention",
            "use_safetensors");

    private static final Set<String> SETTINGS =
            Set.of("cache_dir", "local_files_only", "revision", "token", "trust_remote_code");

    private static final Set<String> TOKENIZER = Set.of(
            "cache_dir",
            "clean_up_tokenization_spaces",
            "local_files_only",
            "padding",
            "padding_side",
            "revision",
            "token",
            "trust_remote_code",
            "use_fast");

    private static final Set<String> TEXT =
            Set.of("padding", "return_attention_mask", "return_tensors", "return_token_type_ids", "truncation");

    /** By their keys in all releases. */
    private static final Map<String, Set<String>> HARMLESS = Map.of(
            "model_args", NETWORK,
            "model_kwargs", NETWORK,
            "config_args", SETTINGS,
            "config_kwargs", SETTINGS,
            "tokenizer_args", TOKENIZER,
            "processor_kwargs", TOKENIZER);

    private LoadingArguments() {}

    /** Refuses what would change a vector. */
    static void mustChangeNothing(JsonFile sentence) throws ModelException {
        for (Map.Entry<String, Set<String>> each : HARMLESS.entrySet()) {
            check(sentence, each.getKey(), sentence.at(each.getKey()), each.getValue());
        }
        String prepared = "processing_kwargs";
        for (String section : List.of("common", "text")) {
            check(sentence, prepared + "." + section, sentence.at(prepared).path(section), TEXT);
        }
    }

    /** Refuses a network that is to give something else than the vectors of its last layer, a token each. */
    static void mustGiveTokens(JsonFile sentence) throws ModelException {
        mustBe(sentence, "transformer_task", sentence.at("transformer_task"), "feature-extraction");
        mustBe(sentence, "module_output_name", sentence.at("module_output_name"), "token_embeddings");
        JsonNode kinds = sentence.at("modality_config");
        if (kinds.isObject() && !kinds.has("text")) {
            throw new ModelException(
                    sentence.path() + ": modality_config has no text, so that texts would become messages of "
                            + kinds.properties().stream().map(Map.Entry::getKey).toList() + "; only text is supported");
        }
        JsonNode text = kinds.path("text");
        mustBe(sentence, "modality_config.text.method", text.path("method"), "forward");
        mustBe(
                sentence,
                "modality_config.text.method_output_name",
                text.path("method_output_name"),
                "last_hidden_state");
    }

    private static void mustBe(JsonFile sentence, String name, JsonNode value, String wanted) throws ModelException {
        boolean usual =
                value.isMissingNode() || value.isNull() || value.asText().equals(wanted);
        if (!usual) {
            throw new ModelException(
                    sentence.path() + ": " + name + " is " + value + "; only " + wanted + " is supported");
        }
    }

    private static void check(JsonFile sentence, String section, JsonNode values, Set<String> harmless)
            throws ModelException {
        for (Map.Entry<String, JsonNode> each : values.properties()) {
            if (!harmless.contains(each.getKey()) && !each.getValue().isNull()) {
                throw new ModelException(sentence.path() + ": " + section + " has " + each.getKey() + " "
                        + each.getValue() + ", which is not supported; what it says must stand in the file of its own");
            }
        }
    }
}
