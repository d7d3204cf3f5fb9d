package phifleet.inference.engine.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What transformers' classes of tokenisers put in place of a {@code tokenizer.json}'s own parts since release 5: they keep its vocabulary and
 * make what prepares and cuts a text anew, from {@code tokenizer_config.json} alone. Up to release 4 the file's parts are kept.
 *
 * <p>Source: the classes {@code …Tokenizer} of transformers 5.24.
 *
 * @param normalizer null where there is none
 * @param model what is said of the vocabulary, by the file's own names; its type is the one of which that is said
 */
record ClassParts(JsonNode normalizer, JsonNode splitter, Map<String, JsonNode> model) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final JsonNode NOTHING = JSON.nullNode();
    static final String TYPE = "type";
    private static final String SPACES = " {2,}";
    private static final String WHITE = "\\s{2,}|[\\n\\r\\t]";

    /** How Qwen2 cuts a text into words. */
    private static final String WORDS = "(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\\r\\n\\p{L}\\p{N}]?\\p{L}+|\\p{N}|"
            + " ?[^\\s\\p{L}\\p{N}]+[\\r\\n]*|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+";

    /** Classes that are BERT's own, under other names. */
    private static final Set<String> AS_BERT =
            Set.of("Bert", "DistilBert", "Electra", "LayoutLM", "Lxmert", "MobileBert", "MPNet", "SqueezeBert");

    /** Classes that cut bytes as GPT-2 does, and prepare nothing. */
    private static final Set<String> AS_GPT2 = Set.of("Bart", "CodeGen", "Deberta", "GPT2", "Longformer", "Roberta");

    /** Which kind of vocabulary a class makes its tokeniser of. */
    private static final Map<String, String> KINDS = Map.ofEntries(
            Map.entry("Albert", "Unigram"),
            Map.entry("Barthez", "Unigram"),
            Map.entry("BigBird", "Unigram"),
            Map.entry("Camembert", "Unigram"),
            Map.entry("DebertaV2", "Unigram"),
            Map.entry("RemBert", "Unigram"),
            Map.entry("T5", "Unigram"),
            Map.entry("XLMRoberta", "Unigram"),
            Map.entry("Cohere", "BPE"),
            Map.entry("CodeLlama", "BPE"),
            Map.entry("Gemma", "BPE"),
            Map.entry("GPTNeoX", "BPE"),
            Map.entry("Llama", "BPE"),
            Map.entry("Qwen2", "BPE"));

    /** Of which kind a class makes a tokeniser anew; empty where it does not. */
    static String kind(String name) {
        return AS_BERT.contains(name) ? "WordPiece" : AS_GPT2.contains(name) ? "BPE" : KINDS.getOrDefault(name, "");
    }

    /** The file's own. */
    static ClassParts ofFile(TokenizerParts own) {
        return new ClassParts(own.normalizer(), own.splitter(), Map.of());
    }

    /**
     * What a class puts there; null where it takes the file as it is.
     *
     * @param own the file's normaliser, of which a table of characters is kept
     * @param cuts the file's splitter
     */
    static @Nullable ClassParts since5(TokenizerClass known, JsonNode own, JsonNode cuts) {
        String name = known.name();
        String space = "add_prefix_space";
        boolean asUsual = name.equals("Llama") && known.settings().path(space).isNull();
        boolean spaced = asUsual || known.flag(space, true);
        JsonNode table = table(own);
        if (AS_BERT.contains(name)) {
            return new ClassParts(bert(known), type("BertPreTokenizer"), wordPieces(known));
        }
        if (AS_GPT2.contains(name)) {
            return new ClassParts(NOTHING, bytes(known, true), merges(NOTHING, false));
        }
        return switch (name) {
            case "XLMRoberta" -> new ClassParts(table, words(always(spaced)), unknown(3));
            case "Camembert" -> new ClassParts(table, words(always(spaced)), Map.of());
            case "T5" -> new ClassParts(table, words("always"), unknown(2));
            case "Albert" ->
                new ClassParts(letters(known, table, true, false, false), words(always(spaced)), unknown(1));
            case "RemBert" ->
                new ClassParts(letters(known, table, false, true, true), marked(always(spaced), true), unknown(2));
            case "DebertaV2" ->
                new ClassParts(
                        known.flag("do_lower_case", false)
                                ? normalizers(type("Lowercase"), byRegex(WHITE, " "), type("NFC"), strip())
                                : normalizers(byRegex(WHITE, " "), type("NFC"), strip()),
                        known.flag("split_by_punct", false)
                                ? splitters(
                                        type("Punctuation").put("behavior", "Isolated"),
                                        marked(spaced ? "always" : "first", true))
                                : splitters(marked(spaced ? "always" : "first", true)),
                        Map.of());
            case "Barthez" ->
                new ClassParts(
                        normalizers(byRegex(WHITE, " "), type("NFC"), strip()),
                        marked(always(spaced), true),
                        unknown(3));
            case "BigBird" -> new ClassParts(normalizers(byRegex(SPACES, "▁")), marked(always(spaced), true), Map.of());
            case "GPTNeoX" -> new ClassParts(type("NFC"), bytes(known, true), merges(NOTHING, false));
            case "Qwen2" ->
                new ClassParts(
                        type("NFC"),
                        splitters(split("Regex", WORDS, "Isolated"), bytes(known, false)),
                        merges(NOTHING, false));
            case "Cohere" ->
                new ClassParts(
                        type("NFC"),
                        splitters(type("Digits").put("individual_digits", true), bytes(known, true)),
                        merges(NOTHING, false));
            case "Llama" -> {
                String scheme = known.flag("legacy", false) ? "always" : "first";
                yield hasBytes(cuts)
                        ? null
                        : new ClassParts(NOTHING, marked(spaced ? scheme : "never", false), merges(NOTHING, true));
            }
            case "CodeLlama" ->
                new ClassParts(NOTHING, marked(spaced ? "first" : "never", false), merges(unknownToken(known), true));
            case "Gemma" ->
                new ClassParts(
                        replace("String", " ", "▁"),
                        split("String", " ", "MergedWithPrevious"),
                        merges(unknownToken(known), true));
            default -> null;
        };
    }

    /** Whether since release 5 a class prepares and cuts texts otherwise than its file, in a folder that does not name an older one. */
    static boolean changes(TokenizerParts own, TokenizerClass known) {
        ClassParts made = known.old() && known.isStated() ? null : since5(known, own.normalizer(), own.splitter());
        return made != null && !(same(made.normalizer(), own.normalizer()) && same(made.splitter(), own.splitter()));
    }

    private static boolean same(JsonNode made, JsonNode own) {
        return made.equals(own) || (made.isNull() && own.isMissingNode());
    }

    private static ObjectNode bert(TokenizerClass known) {
        ObjectNode letters = type("BertNormalizer").put("clean_text", true);
        letters.put("handle_chinese_chars", known.flag("tokenize_chinese_chars", true));
        JsonNode accents = known.settings().path("strip_accents");
        letters.set("strip_accents", accents.isBoolean() ? accents : NOTHING);
        return letters.put("lowercase", known.flag("do_lower_case", true));
    }

    private static JsonNode letters(
            TokenizerClass known, JsonNode table, boolean lower, boolean accents, boolean oneSpace) {
        ObjectNode all = normalizers(replace("String", "``", "\""), replace("String", "''", "\""));
        ArrayNode list = all.withArray("normalizers");
        if (oneSpace) {
            list.add(byRegex(SPACES, " "));
        }
        if (!known.flag("keep_accents", accents)) {
            list.add(type("NFKD")).add(type("StripAccents"));
        }
        if (known.flag("do_lower_case", lower)) {
            list.add(type("Lowercase"));
        }
        if (!table.isNull()) {
            list.add(table);
        }
        return all;
    }

    /** SentencePiece's table of characters, which is kept where the file has it by itself or in a list. */
    private static JsonNode table(JsonNode own) {
        if (own.path(TYPE).asText().equals("Precompiled")) {
            return own;
        }
        for (JsonNode each : own.path("normalizers")) {
            if (each.path(TYPE).asText().equals("Precompiled")) {
                return each;
            }
        }
        return NOTHING;
    }

    private static Map<String, JsonNode> wordPieces(TokenizerClass known) {
        String unknown = known.token("unk_token");
        return Map.of(
                TYPE,
                JSON.getNodeFactory().textNode("WordPiece"),
                "unk_token",
                JSON.getNodeFactory().textNode(unknown.isEmpty() ? "[UNK]" : unknown),
                "continuing_subword_prefix",
                JSON.getNodeFactory().textNode("##"),
                "max_input_chars_per_word",
                JSON.getNodeFactory().numberNode(100));
    }

    private static Map<String, JsonNode> unknown(int id) {
        return Map.of(
                TYPE,
                JSON.getNodeFactory().textNode("Unigram"),
                "unk_id",
                JSON.getNodeFactory().numberNode(id));
    }

    /** @param byBytes whether what the vocabulary lacks is spelled by bytes, and one unknown token stands for several */
    private static Map<String, JsonNode> merges(JsonNode unknown, boolean byBytes) {
        JsonNode is = JSON.getNodeFactory().booleanNode(byBytes);
        return Map.of(
                TYPE,
                JSON.getNodeFactory().textNode("BPE"),
                "unk_token",
                unknown,
                "fuse_unk",
                is,
                "byte_fallback",
                is,
                "ignore_merges",
                JSON.getNodeFactory().booleanNode(false),
                "continuing_subword_prefix",
                NOTHING,
                "end_of_word_suffix",
                NOTHING);
    }

    private static JsonNode unknownToken(TokenizerClass known) {
        return JSON.getNodeFactory().textNode(known.token("unk_token"));
    }

    /** Whether a text becomes bytes. */
    static boolean hasBytes(JsonNode splitter) {
        return splitter.findValuesAsText(TYPE).contains("ByteLevel");
    }

    private static String always(boolean spaced) {
        return spaced ? "always" : "never";
    }

    private static ObjectNode words(String scheme) {
        return splitters(type("WhitespaceSplit"), marked(scheme, true));
    }

    private static ObjectNode marked(String scheme, boolean split) {
        return type("Metaspace")
                .put("replacement", "▁")
                .put("prepend_scheme", scheme)
                .put("split", split);
    }

    private static ObjectNode bytes(TokenizerClass known, boolean regex) {
        return type("ByteLevel")
                .put("add_prefix_space", known.flag("add_prefix_space", false))
                .put("trim_offsets", true)
                .put("use_regex", regex);
    }

    private static ObjectNode split(String kind, String pattern, String behavior) {
        ObjectNode split = type("Split");
        split.putObject("pattern").put(kind, pattern);
        return split.put("behavior", behavior).put("invert", false);
    }

    private static ObjectNode byRegex(String pattern, String content) {
        return replace("Regex", pattern, content);
    }

    private static ObjectNode replace(String kind, String pattern, String content) {
        ObjectNode replace = type("Replace");
        replace.putObject("pattern").put(kind, pattern);
        return replace.put("content", content);
    }

    private static ObjectNode strip() {
        return type("Strip").put("strip_left", false).put("strip_right", true);
    }

    private static ObjectNode normalizers(ObjectNode... all) {
        return list("normalizers", all);
    }

    private static ObjectNode splitters(ObjectNode... all) {
        return list("pretokenizers", all);
    }

    private static ObjectNode list(String key, ObjectNode... all) {
        ObjectNode list = type("Sequence");
        for (ObjectNode each : all) {
            list.withArray(key).add(each);
        }
        return list;
    }

    private static ObjectNode type(String type) {
        return JSON.createObjectNode().put(TYPE, type);
    }
}
