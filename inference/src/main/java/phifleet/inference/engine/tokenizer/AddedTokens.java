package phifleet.inference.engine.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import phifleet.inference.model.ModelException;

/**
 * The tokens that are found in a text before it is cut, as transformers has them by the files beside a {@code tokenizer.json}: it adds those
 * that the file lacks, and writes over what the file says of others: {@code added_tokens_decoder}, then {@code bos_token} and its kin, then the
 * additional ones. A file's list may name a token twice, and the tokenisers' library takes it as added twice.
 *
 * <p>Sources: {@code tokenization_utils_base.py} and {@code tokenization_utils_fast.py} of transformers 4.57,
 * {@code tokenization_utils_tokenizers.py} of 5.24.
 */
final class AddedTokens {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String CONTENT = "content";
    private static final String SPECIAL = "special";
    private static final String NORMALIZED = "normalized";
    private static final List<String> FLAGS = List.of("single_word", "lstrip", "rstrip");

    /** What lists tokens by their ids. */
    private static final String DECODER = "added_tokens_decoder";

    private static final String MASK = "mask_token";

    /** The order in which they are added. */
    private static final List<String> KEYS =
            List.of("bos_token", "eos_token", "unk_token", "sep_token", "pad_token", "cls_token", MASK);

    /** Under which there are several. */
    static final List<String> LISTS = List.of("additional_special_tokens", "extra_special_tokens");

    /** Classes whose mask takes the spaces before it, in all releases and up to 4. */
    private static final Set<String> WIDE_MASKS = Set.of("Camembert", "MPNet", "XLMRoberta");

    private static final Set<String> WIDE_MASKS_UP_TO_4 =
            Set.of("Albert", "Bart", "Barthez", "Blenderbot", "Longformer", "Roberta", "XLNet");

    private final JsonNode file;
    private final JsonNode own;
    private final TokenizerClass known;
    private final Map<String, ObjectNode> byContent = new HashMap<>();
    private final List<ObjectNode> wanted = new ArrayList<>();

    private AddedTokens(JsonNode own, TokenizerClass known) {
        this.own = isMadeAnew(known) ? JSON.createArrayNode() : own;
        this.file = own;
        this.known = known;
    }

    /**
     * Those that are added to a file's, or stand in place of one of them, without ids and in their order.
     *
     * @param own the file's {@code added_tokens}
     */
    static List<ObjectNode> changes(JsonNode own, TokenizerClass known) throws ModelException {
        AddedTokens tokens = new AddedTokens(own, known);
        tokens.readListed();
        KEYS.forEach(tokens::readNamed);
        LISTS.forEach(key -> known.allNamed(key).forEach(token -> tokens.readOne(token, true)));
        if (known.name().equals("Qwen2") && !known.old()) {
            // Its class adds its own once more, by their names alone.
            Stream<JsonNode> named = Stream.concat(
                    KEYS.stream().map(known::named), LISTS.stream().flatMap(key -> known.allNamed(key).stream()));
            named.forEach(token -> tokens.add(token(JSON.createObjectNode().put(CONTENT, content(token)), true)));
        }
        return List.copyOf(tokens.wanted);
    }

    /** Of tokenizer_config.json those with ids; where it lists none, what an older file has, and the tokeniser's own. */
    private void readListed() throws ModelException {
        Map<Integer, ObjectNode> listed = new TreeMap<>();
        JsonNode decoder = known.settings().path(DECODER);
        if (known.settings().has(DECODER)) {
            decoder.properties().forEach(entry -> {
                if (entry.getKey().matches("\\d{1,9}")) {
                    listed.put(Integer.valueOf(entry.getKey()), token(entry.getValue(), false));
                }
            });
        } else {
            known.older().properties().forEach(entry -> {
                boolean special = isSpecial(entry.getKey());
                listed.put(
                        entry.getValue().asInt(), token(JSON.createObjectNode().put(CONTENT, entry.getKey()), special));
            });
            file.forEach(token -> listed.put(token.path("id").asInt(), token(token, false)));
        }
        for (ObjectNode token : listed.values()) {
            byContent.put(content(token), token);
            add(token);
        }
    }

    private boolean isSpecial(String content) {
        return KEYS.stream().anyMatch(key -> known.token(key).equals(content))
                || LISTS.stream()
                        .anyMatch(key -> known.allNamed(key).stream()
                                .anyMatch(token -> content(token).equals(content)));
    }

    private void readNamed(String key) {
        JsonNode token = known.named(key);
        if (token.isTextual()
                && key.equals(MASK)
                && hasWideMask()
                && !(known.saysOf(key) && byContent.containsKey(token.asText()))) {
            add(token(JSON.createObjectNode().put(CONTENT, token.asText()).put("lstrip", true), true));
        } else {
            readOne(token, known.saysOf(key));
        }
    }

    private boolean hasWideMask() {
        return WIDE_MASKS.contains(known.name()) || (known.old() && WIDE_MASKS_UP_TO_4.contains(known.name()));
    }

    /** @param said whether a file has it, and not its class alone */
    private void readOne(JsonNode token, boolean said) {
        String content = content(token);
        ObjectNode listed = said ? byContent.get(content) : null;
        if (listed != null) {
            add(listed.deepCopy().put(SPECIAL, true));
        } else if (token.isObject()) {
            add(token(token, true));
        } else if (!isKnown(content)) {
            // Of a name alone nothing is said that would stand above the file.
            add(token(JSON.createObjectNode().put(CONTENT, content), true));
        }
    }

    private boolean isKnown(String content) {
        Predicate<JsonNode> same = token -> content(token).equals(content);
        return own.valueStream().anyMatch(same) || wanted.stream().anyMatch(same);
    }

    private void add(ObjectNode token) {
        String content = content(token);
        JsonNode last = null;
        for (JsonNode each : own) {
            last = content(each).equals(content) ? token(each, false) : last;
        }
        for (JsonNode each : wanted) {
            last = content(each).equals(content) ? each : last;
        }
        if (!content.isEmpty() && !token.equals(last)) {
            wanted.add(token);
        }
    }

    private static String content(JsonNode token) {
        return token.isTextual() ? token.asText() : token.path(CONTENT).asText("");
    }

    private static ObjectNode token(JsonNode said, boolean named) {
        boolean special = named || said.path(SPECIAL).asBoolean(false);
        ObjectNode token = JSON.createObjectNode().put(CONTENT, content(said));
        for (String flag : FLAGS) {
            token.put(flag, said.path(flag).asBoolean(false));
        }
        return token.put(NORMALIZED, said.path(NORMALIZED).asBoolean(!special)).put(SPECIAL, special);
    }

    /** Whether a class keeps a file's vocabulary alone, and no token of its list that other files do not name. */
    private static boolean isMadeAnew(TokenizerClass known) {
        return !known.old()
                && known.settings().has(DECODER)
                && !ClassParts.kind(known.name()).isEmpty();
    }

    /** Whether they say the same as a file's list. */
    static boolean areDone(List<ObjectNode> tokens, JsonNode own, TokenizerClass known) {
        List<ObjectNode> list =
                own.valueStream().map(token -> token(token, false)).toList();
        return tokens.isEmpty() || (isMadeAnew(known) && tokens.equals(list));
    }

    /** Adds them to a file's, or puts them in its place. */
    static void add(ObjectNode root, List<ObjectNode> tokens, TokenizerClass known, VocabularyIds ids) {
        JsonNode before = root.deepCopy();
        boolean anew = isMadeAnew(known) && !tokens.isEmpty();
        ArrayNode list =
                root.path("added_tokens") instanceof ArrayNode own && !anew ? own : root.putArray("added_tokens");
        for (ObjectNode token : tokens) {
            int id = ids.find(before, content(token));
            id = id >= 0 ? id : ids.find(root, content(token));
            list.add(token.put("id", id >= 0 ? id : ids.next(root)));
        }
    }
}
