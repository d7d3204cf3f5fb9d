package phifleet.inference.engine.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * The tokens that the files beside a {@code tokenizer.json} name, and that transformers adds to it where it lacks them, so that they are found
 * in a text before it is cut: {@code added_tokens_decoder}, then {@code bos_token} and its kin, then the additional ones.
 *
 * <p>Sources: {@code tokenization_utils_fast.py} of transformers 4.57, {@code tokenization_utils_tokenizers.py} of 5.24.
 */
final class AddedTokens {
    private static final JsonMapper JSON = new JsonMapper();

    /** The order in which they are added. */
    private static final List<String> KEYS =
            List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", "mask_token");

    /** Under which there are several. */
    static final List<String> LISTS = List.of("additional_special_tokens", "extra_special_tokens");

    /** Classes whose mask takes the spaces before it, in all releases and up to 4. */
    private static final Set<String> WIDE_MASKS = Set.of("Camembert", "MPNet", "XLMRoberta");

    private static final Set<String> WIDE_MASKS_UP_TO_4 = Set.of("Albert", "Longformer", "Roberta");

    private AddedTokens() {}

    /**
     * Those that a file lacks, without ids.
     *
     * @param added the file's {@code added_tokens}
     */
    static List<ObjectNode> missing(JsonNode added, TokenizerClass known) {
        Map<String, ObjectNode> all = new LinkedHashMap<>();
        Map<Integer, JsonNode> decoder = new TreeMap<>();
        known.settings().path("added_tokens_decoder").properties().forEach(entry -> {
            if (entry.getKey().matches("\\d{1,9}")) {
                decoder.put(Integer.valueOf(entry.getKey()), entry.getValue());
            }
        });
        decoder.values().forEach(token -> put(all, token, false));
        for (String key : KEYS) {
            JsonNode token = known.named(key);
            if (token.isTextual() && key.equals("mask_token") && hasWideMask(known)) {
                token = JSON.createObjectNode().put("content", token.asText()).put("lstrip", true);
            }
            put(all, token, true);
        }
        for (String key : LISTS) {
            known.named(key).forEach(token -> put(all, token, true));
        }
        Set<String> own =
                added.valueStream().map(token -> token.path("content").asText()).collect(Collectors.toSet());
        return all.values().stream()
                .filter(token -> !own.contains(token.path("content").asText()))
                .toList();
    }

    private static boolean hasWideMask(TokenizerClass known) {
        return WIDE_MASKS.contains(known.name()) || (known.old() && WIDE_MASKS_UP_TO_4.contains(known.name()));
    }

    private static void put(Map<String, ObjectNode> all, JsonNode token, boolean named) {
        String content =
                token.isTextual() ? token.asText() : token.path("content").asText("");
        if (content.isEmpty() || all.containsKey(content)) {
            return;
        }
        ObjectNode entry = JSON.createObjectNode().put("content", content);
        boolean special = named || token.path("special").asBoolean(false);
        for (String flag : List.of("single_word", "lstrip", "rstrip")) {
            entry.put(flag, token.path(flag).asBoolean(false));
        }
        entry.put("normalized", token.path("normalized").asBoolean(!special));
        all.put(content, entry.put("special", special));
    }

    /**
     * Adds them; those that only a class would name, and the vocabulary does not have, are left out.
     *
     * @return whether any was added
     */
    static boolean add(ObjectNode root, List<ObjectNode> tokens, TokenizerClass known, VocabularyIds ids) {
        boolean some = false;
        ArrayNode list = root.path("added_tokens") instanceof ArrayNode own ? own : root.putArray("added_tokens");
        for (ObjectNode token : tokens) {
            String content = token.path("content").asText();
            int id = ids.find(root, content);
            if (id >= 0 || known.isNamed(content)) {
                list.add(token.put("id", id >= 0 ? id : ids.next(root)));
                some = true;
            }
        }
        return some;
    }
}
