package phifleet.inference.engine.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.model.ModelException;

/**
 * A {@code tokenizer.json} as transformers' class for it changes it by {@code tokenizer_config.json}: letters of BERT's kin, the space
 * before a text of GPT-2's, the own tokens around a text where the class writes them, and tokens that it names and the file lacks. Where
 * the two files agree, as they do when transformers wrote both, nothing is changed.
 *
 * <p>Since release 5 a class keeps the file's vocabulary alone ({@link ClassParts}).
 *
 * <p>Sources: {@code tokenization_utils_fast.py} and the classes {@code …TokenizerFast} of transformers 4.57, those of 5.24.
 */
public final class ConfiguredTokenizer {
    private static final Logger LOG = LoggerFactory.getLogger(ConfiguredTokenizer.class);
    private static final JsonMapper JSON = new JsonMapper();

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

    private static final String SPACE = "add_prefix_space";

    /** Kinds of vocabularies that are not taken for one another. */
    private static final Set<String> KINDS = Set.of("BPE", "Unigram", "WordPiece");

    private static final Set<String> UNKNOWN_BY_NAME = Set.of("Camembert", "DebertaV2");

    private ConfiguredTokenizer() {}

    /**
     * The same file as its class would have it.
     *
     * @param file a {@code tokenizer.json}, beside which the others may be
     * @param json its bytes
     */
    public static byte[] read(Path file, byte[] json) throws ModelException {
        TokenizerClass named = TokenizerClass.read(file);
        if (named.isOpen()) {
            return json;
        }
        for (String key : List.of("split_special_tokens", "fix_mistral_regex")) {
            if (named.flag(key, false)) {
                throw new ModelException(file.resolveSibling("tokenizer_config.json") + ": " + key
                        + " is true; only false is supported");
            }
        }
        for (JsonNode other : named.settings().path("fast_tokenizer_files")) {
            if (!other.asText().equals("tokenizer.json")) {
                throw new ModelException(file.resolveSibling("tokenizer_config.json") + ": fast_tokenizer_files has "
                        + other + ", which releases of transformers read in place of this file; only tokenizer.json is"
                        + " supported");
            }
        }
        named.mustBeKnown();
        try {
            TokenizerParts own = TokenizerParts.read(json);
            TokenizerClass known = named.over(own);
            ClassParts wanted = wanted(own, known);
            JsonNode letters = wanted.normalizer();
            JsonNode space = wanted.splitter();
            TextEnds ends = TextEnds.of(own.ends(), known);
            List<ObjectNode> tokens = AddedTokens.changes(own.added(), known);
            boolean sameEnds = ends == null || ends.isDoneBy(own.ends());
            boolean sameParts = letters.equals(own.normalizer()) && space.equals(own.splitter()) && sameEnds;
            boolean same = sameParts && wanted.model().isEmpty();
            boolean sameTokens = AddedTokens.areDone(tokens, own.added(), known);
            if ((same && sameTokens) || !(JSON.readTree(json) instanceof ObjectNode root)) {
                return json;
            }
            VocabularyIds ids = new VocabularyIds(file);
            boolean made = !known.old() && !wanted.equals(ClassParts.ofFile(own));
            if (made) {
                mustBeOfItsKind(root, known, file);
            }
            boolean changed = setModel(root, wanted.model());
            changed |= made && setUnknown(root, known, ids);
            if (!changed && sameParts && sameTokens) {
                return json;
            }
            LOG.info("{} is changed as tokenizer_config.json beside it says", file);
            if (!letters.equals(own.normalizer())) {
                root.set(TokenizerParts.NORMALIZER, letters);
            }
            if (!space.equals(own.splitter())) {
                root.set(TokenizerParts.SPLITTER, space);
            }
            if (ends != null && !sameEnds) {
                root.set(TokenizerParts.ENDS, ends.written(root, ids));
            }
            // Last, since a token that is not in the vocabulary has no vector and stands around no text.
            AddedTokens.add(root, tokens, known, ids);
            return JSON.writeValueAsBytes(root);
        } catch (IOException e) {
            throw ModelException.ofJson(file.toString(), e);
        }
    }

    /** What prepares and cuts a text, and what is said of the vocabulary, as the class has them. */
    static ClassParts wanted(TokenizerParts own, TokenizerClass known) {
        if (known.old()) {
            return new ClassParts(letters(own.normalizer(), known), space(own.splitter(), known), Map.of());
        }
        ClassParts made = ClassParts.since5(known, own.normalizer(), own.splitter());
        return made == null
                ? ClassParts.ofFile(own)
                : new ClassParts(
                        in(own.normalizer(), made.normalizer()), in(own.splitter(), made.splitter()), made.model());
    }

    /** Refuses a vocabulary of which a class would make a tokeniser of another kind. */
    private static void mustBeOfItsKind(ObjectNode root, TokenizerClass known, Path file) throws ModelException {
        String kind = root.path("model").path(ClassParts.TYPE).asText("");
        String wanted = ClassParts.kind(known.name());
        boolean other = KINDS.contains(kind) ? !kind.equals(wanted) : kind.equals("WordLevel") && wanted.equals("BPE");
        if (!wanted.isEmpty() && other) {
            throw new ModelException(file + " is a " + kind + ", of which " + known.label() + " of transformers "
                    + known.release() + " would make a " + wanted + "; tokenizer_config.json must name another class");
        }
    }

    /** Some classes look their token for what is not in the vocabulary up by its name. */
    private static boolean setUnknown(ObjectNode root, TokenizerClass known, VocabularyIds ids) throws ModelException {
        boolean byName = UNKNOWN_BY_NAME.contains(known.name());
        if (!byName
                || !(root.path("model") instanceof ObjectNode model)
                || !model.path("vocab").isArray()) {
            return false;
        }
        int id = ids.needed(root, known.token("unk_token"));
        boolean same = model.path("unk_id").asInt(-1) == id;
        model.put("unk_id", id);
        return !same;
    }

    /** Whether a file's vocabulary is said otherwise than its class has it. */
    private static boolean setModel(ObjectNode root, Map<String, JsonNode> wanted) {
        boolean some = false;
        if (root.path("model") instanceof ObjectNode model
                && (!model.has(ClassParts.TYPE) || model.path(ClassParts.TYPE).equals(wanted.get(ClassParts.TYPE)))) {
            for (Map.Entry<String, JsonNode> each : wanted.entrySet()) {
                boolean none = isNothing(each.getValue()) && isNothing(model.path(each.getKey()));
                if (!none && !each.getValue().equals(model.path(each.getKey()))) {
                    model.set(each.getKey(), each.getValue());
                    some = true;
                }
            }
        }
        return some;
    }

    /** Files of older releases lack what is so in them. */
    private static boolean isNothing(JsonNode value) {
        return value.isNull()
                || value.isMissingNode()
                || (value.isBoolean() && !value.asBoolean())
                || (value.isTextual() && value.asText().isEmpty());
    }

    /** What a class puts in place of the file's; the file's where that is nothing and it has nothing. */
    private static JsonNode in(JsonNode own, JsonNode wanted) {
        return wanted.isNull() && own.isMissingNode() ? own : wanted;
    }

    /** The normaliser as the class has it up to release 4. */
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

    /** What cuts a text into words, as the class has it up to release 4. */
    private static JsonNode space(JsonNode own, TokenizerClass known) {
        if (known.name().equals("Cohere") && known.flag(SPACE, false)) {
            JsonNode spaced = own.deepCopy();
            spaced.findParents(SPACE).forEach(part -> ((ObjectNode) part).put(SPACE, true));
            return spaced;
        }
        if (!own.path("type").asText().equals("ByteLevel")) {
            return own;
        }
        ObjectNode wanted = own.deepCopy();
        return wanted.put(SPACE, known.flag(SPACE, false));
    }
}
