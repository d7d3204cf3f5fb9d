package phifleet.inference.engine.tokenizer;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.model.ModelException;

/**
 * A {@code tokenizer.json} as transformers' class for it changes it by {@code tokenizer_config.json}: letters of BERT's kin, the space
 * before a text of GPT-2's, the own tokens at both ends of Llama's and Gemma's up to release 4. Where the two files agree, as they do when
 * transformers wrote both, nothing is changed.
 *
 * <p>Sources: {@code tokenization_utils_fast.py} and the classes {@code …TokenizerFast} of transformers 4.57, those of 5.24.
 */
public final class ConfiguredTokenizer {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredTokenizer.class);
    private static final JsonMapper JSON = new JsonMapper();
    private static final String NORMALIZER = "normalizer";
    private static final String SPLITTER = "pre_tokenizer";
    private static final String ENDS = "post_processor";

    /** Classes that make letters small unless they are told not to. */
    private static final Set<String> LOWERING = Set.of(
            "Bert",
            "ConvBert",
            "DistilBert",
            "Electra",
            "Funnel",
            "LayoutLM",
            "LayoutLMv2",
            "Lxmert",
            "MPNet",
            "MobileBert",
            "SqueezeBert");

    /** Classes that write the tokens at both ends themselves. */
    private static final Set<String> ENDING = Set.of("Llama", "CodeLlama", "Gemma");

    /** Classes that have no ways of their own; since release 5 they take the file as it is. */
    private static final Set<String> GENERIC = Set.of("PreTrained", "TokenizersBackend");

    private ConfiguredTokenizer() {}

    /**
     * The same file as its class would have it.
     *
     * @param file a {@code tokenizer.json}, beside which the others may be
     * @param json its bytes
     */
    public static byte[] read(Path file, byte[] json) throws ModelException {
        TokenizerClass known = TokenizerClass.read(file);
        if (known.settings().isMissingNode()) {
            return json;
        }
        try {
            Parts own = Parts.read(json);
            Parts wanted =
                    new Parts(letters(own.normalizer(), known), space(own.splitter(), known), ends(own.ends(), known));
            if (wanted.equals(own) || !(JSON.readTree(json) instanceof ObjectNode root)) {
                return json;
            }
            LOG.info("{} is changed as tokenizer_config.json beside it says", file);
            if (!wanted.normalizer().equals(own.normalizer())) {
                root.set(NORMALIZER, wanted.normalizer());
            }
            if (!wanted.splitter().equals(own.splitter())) {
                root.set(SPLITTER, wanted.splitter());
            }
            if (!wanted.ends().equals(own.ends())) {
                root.set(ENDS, filled(wanted.ends(), root));
            }
            return JSON.writeValueAsBytes(root);
        } catch (IOException e) {
            throw ModelException.ofJson(file.toString(), e);
        }
    }

    private record Parts(JsonNode normalizer, JsonNode splitter, JsonNode ends) {

        /** A vocabulary is large, and comes behind. */
        static Parts read(byte[] json) throws IOException {
            JsonNode normalizer = JSON.missingNode();
            JsonNode splitter = JSON.missingNode();
            JsonNode ends = JSON.missingNode();
            try (JsonParser parser = JSON.createParser(json)) {
                parser.nextToken();
                while ((normalizer.isMissingNode() || splitter.isMissingNode() || ends.isMissingNode())
                        && parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    parser.nextToken();
                    switch (name) {
                        case NORMALIZER -> normalizer = parser.readValueAsTree();
                        case SPLITTER -> splitter = parser.readValueAsTree();
                        case ENDS -> ends = parser.readValueAsTree();
                        default -> parser.skipChildren();
                    }
                }
            }
            return new Parts(normalizer, splitter, ends);
        }
    }

    private static JsonNode letters(JsonNode own, TokenizerClass known) {
        if (!LOWERING.contains(known.name()) || !own.path("type").asText().equals("BertNormalizer")) {
            return own;
        }
        JsonNode settings = known.settings();
        ObjectNode wanted = own.deepCopy();
        wanted.put("lowercase", settings.path("do_lower_case").asBoolean(true));
        JsonNode accents = settings.path("strip_accents");
        wanted.set("strip_accents", accents.isBoolean() ? accents : JSON.nullNode());
        if (!known.name().equals("MPNet")) {
            wanted.put(
                    "handle_chinese_chars",
                    settings.path("tokenize_chinese_chars").asBoolean(true));
        }
        return wanted;
    }

    private static JsonNode space(JsonNode own, TokenizerClass known) {
        boolean asItIs = !known.old() && GENERIC.contains(known.name());
        if (asItIs || !own.path("type").asText().equals("ByteLevel")) {
            return own;
        }
        ObjectNode wanted = own.deepCopy();
        return wanted.put(
                "add_prefix_space", known.settings().path("add_prefix_space").asBoolean(false));
    }

    /** Ids are put in later, since they are looked up in the vocabulary. */
    private static JsonNode ends(JsonNode own, TokenizerClass known) {
        if (!known.old() || !ENDING.contains(known.name())) {
            return own;
        }
        boolean gemma = known.name().equals("Gemma");
        String first = known.settings().path("add_bos_token").asBoolean(true)
                ? known.token("bos_token", gemma ? "<bos>" : "<s>")
                : "";
        String last = known.settings().path("add_eos_token").asBoolean(false)
                ? known.token("eos_token", gemma ? "<eos>" : "</s>")
                : "";
        if (has(own, first, last)) {
            return own;
        }
        ObjectNode wanted = JSON.createObjectNode().put("type", "TemplateProcessing");
        ArrayNode single = wanted.putArray("single");
        ArrayNode pair = wanted.putArray("pair");
        for (int i = 0; i < 2; i++) {
            for (ArrayNode list : i == 0 ? new ArrayNode[] {single, pair} : new ArrayNode[] {pair}) {
                special(list, first, i);
                list.addObject()
                        .putObject("Sequence")
                        .put("id", i == 0 ? "A" : "B")
                        .put("type_id", i);
                special(list, last, i);
            }
        }
        ObjectNode tokens = wanted.putObject("special_tokens");
        for (String token : new String[] {first, last}) {
            if (!token.isEmpty()) {
                tokens.putObject(token).put("id", token);
            }
        }
        return wanted;
    }

    private static void special(ArrayNode list, String token, int type) {
        if (!token.isEmpty()) {
            list.addObject().putObject("SpecialToken").put("id", token).put("type_id", type);
        }
    }

    /** Whether a text gets these tokens and no others; an empty one is none. */
    private static boolean has(JsonNode own, String first, String last) {
        StringBuilder found = new StringBuilder();
        for (JsonNode piece : template(own).path("single")) {
            found.append(
                    piece.has("Sequence")
                            ? "\n"
                            : piece.path("SpecialToken").path("id").asText());
        }
        return (found.isEmpty() ? "\n" : found.toString()).equals(first + "\n" + last);
    }

    private static JsonNode template(JsonNode own) {
        for (JsonNode each : own.path("processors")) {
            if (each.has("single")) {
                return each;
            }
        }
        return own;
    }

    private static JsonNode filled(JsonNode ends, ObjectNode root) throws IOException {
        for (JsonNode token : ends.path("special_tokens")) {
            if (token instanceof ObjectNode entry && !entry.has("ids")) {
                String text = entry.path("id").asText();
                int id = id(root, text);
                entry.putArray("ids").add(id);
                entry.putArray("tokens").add(text);
            }
        }
        return ends;
    }

    private static int id(ObjectNode root, String token) throws IOException {
        for (JsonNode added : root.path("added_tokens")) {
            if (added.path("content").asText().equals(token)) {
                return added.path("id").asInt();
            }
        }
        JsonNode id = root.path("model").path("vocab").path(token);
        if (!id.isInt()) {
            throw new IOException("tokenizer_config.json puts " + token + " around texts, which has no id");
        }
        return id.asInt();
    }
}
