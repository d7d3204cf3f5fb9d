package phifleet.inference.engine.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ModelException;

/**
 * The own tokens around a text and a pair, where transformers' class writes them itself and not as {@code tokenizer.json} has them: some do so
 * up to release 4, others since 5.
 *
 * <p>Sources: the classes {@code …TokenizerFast} of transformers 4.57 and {@code …Tokenizer} of 5.24.
 *
 * @param first before a text; empty for none
 * @param last behind a text; empty for none
 */
record TextEnds(Form form, String first, String last) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String SPECIAL = "SpecialToken";

    /** What stands where: F and L for the tokens, A and B for the texts, 1 behind those of the second type. */
    enum Form {
        BERT("F A L", "F A L B1 L1"),
        ROBERTA("F A L", "F A L L B L"),
        T5("A L", "A L B L"),
        ESM("F A L", "F A L B L"),
        LLAMA("F A L", "F A L F1 B1 L1");

        private final String single;
        private final String pair;

        Form(String single, String pair) {
            this.single = single;
            this.pair = pair;
        }
    }

    private static final Set<String> AS_ROBERTA = Set.of("Bart", "Deberta", "Longformer", "Luke", "MPNet", "Roberta");

    private static final Set<String> BY_BEGIN_AND_END = Set.of("Camembert", "XLMRoberta");

    /**
     * What a class writes; null where it takes the file as it is.
     *
     * @param own the file's
     * @throws ModelException where the file has nothing and releases differ in what they make of that, and none is named
     */
    static @Nullable TextEnds of(JsonNode own, TokenizerClass known) throws ModelException {
        TextEnds later = since5(known);
        if (!known.old()) {
            // Its own is overwritten by the file's, where that has one.
            boolean file = known.name().equals("Albert") && own.isObject();
            return file ? null : checked(later, known);
        }
        boolean open = !known.isStated() && (own.isNull() || own.isMissingNode());
        if (open && later != null && later.form() != Form.LLAMA) {
            throw new ModelException(
                    known.file() + " has no post_processor, and releases of transformers differ in whether "
                            + known.name() + "Tokenizer puts " + later.first() + " and " + later.last()
                            + " around a text; write one, or transformers_version into config.json");
        }
        return upTo4(known);
    }

    /** A class that writes both ends would put something else where the files say that there is no such token. */
    private static @Nullable TextEnds checked(@Nullable TextEnds ends, TokenizerClass known) throws ModelException {
        boolean half = ends != null
                && ends.form() != Form.LLAMA
                && (ends.last().isEmpty() || (ends.first().isEmpty() && ends.form() != Form.T5));
        if (half) {
            throw new ModelException(known.file() + ": tokenizer_config.json says that there is no token which "
                    + known.label() + " puts around texts (cls_token and sep_token, bos_token and eos_token);"
                    + " they must be named");
        }
        return ends;
    }

    private static @Nullable TextEnds since5(TokenizerClass known) {
        String name = known.name();
        if (TokenizerClass.OF_BERT.contains(name)) {
            return new TextEnds(Form.BERT, known.token("cls_token"), known.token("sep_token"));
        }
        if (AS_ROBERTA.contains(name)) {
            return new TextEnds(Form.ROBERTA, known.token("cls_token"), known.token("sep_token"));
        }
        if (BY_BEGIN_AND_END.contains(name)) {
            return new TextEnds(Form.ROBERTA, known.token("bos_token"), known.token("eos_token"));
        }
        return switch (name) {
            case "T5" -> new TextEnds(Form.T5, "", known.token("eos_token"));
            // It makes its tokeniser anew, without what add_bos_token and add_eos_token ask for.
            case "GPTNeoX" -> new TextEnds(Form.LLAMA, "", "");
            default -> null;
        };
    }

    private static @Nullable TextEnds upTo4(TokenizerClass known) throws ModelException {
        if (known.isOfGteQwen()) {
            return llama(known, false);
        }
        return switch (known.name()) {
            case "Llama", "CodeLlama", "Gemma", "Cohere" -> llama(known, true);
            case "GPTNeoX" -> llama(known, false);
            default -> null;
        };
    }

    private static TextEnds llama(TokenizerClass known, boolean begins) throws ModelException {
        for (String key : List.of("bos_token", "eos_token")) {
            if (known.flag("add_" + key, key.equals("bos_token") && begins)
                    && known.token(key).isEmpty()) {
                throw new ModelException(known.file() + ": " + known.label() + " puts " + key
                        + " around texts, for which tokenizer_config.json names no token; it must, or set add_" + key
                        + " to false");
            }
        }
        return new TextEnds(
                Form.LLAMA,
                known.flag("add_bos_token", begins) ? known.token("bos_token") : "",
                known.flag("add_eos_token", false) ? known.token("eos_token") : "");
    }

    /** Whether a file's part does the same. */
    boolean isDoneBy(JsonNode own) {
        return spelled().equals(spelled(own));
    }

    /** For people: what stands before and behind a text. */
    String around() {
        return around(spelled(form.single));
    }

    /** The same of a file's part. */
    static String around(JsonNode own) {
        return around(spelled(own).replaceFirst("\\|.*", ""));
    }

    private static String around(String single) {
        String tokens = single.replaceAll(":\\d+", "").replaceFirst("(^| )A( |$)", "$1…$2");
        return tokens.equals("…") ? "nothing" : tokens;
    }

    private String spelled() {
        return spelled(form.single) + "|" + spelled(form.pair);
    }

    private String spelled(String pieces) {
        return Arrays.stream(pieces.split(" ", -1))
                .filter(piece -> !text(piece).isEmpty())
                .map(piece -> text(piece) + ":" + type(piece))
                .collect(Collectors.joining(" "));
    }

    /** The name of a piece's text, or its token; empty for a token that is not there. */
    private String text(String piece) {
        return switch (piece.charAt(0)) {
            case 'F' -> first;
            case 'L' -> last;
            default -> piece.substring(0, 1);
        };
    }

    private static int type(String piece) {
        return piece.length() - 1;
    }

    private static String spelled(JsonNode own) {
        JsonNode part = own;
        for (JsonNode each : own.path("processors")) {
            if (!each.path("type").asText().equals("ByteLevel")) {
                part = each;
            }
        }
        String cls = part.path("cls").path(0).asText();
        String sep = part.path("sep").path(0).asText();
        return switch (part.path("type").asText().toLowerCase(Locale.ROOT)) {
            case "templateprocessing" -> pieces(part.path("single")) + "|" + pieces(part.path("pair"));
            case "bertprocessing" -> new TextEnds(Form.BERT, cls, sep).spelled();
            case "robertaprocessing" -> new TextEnds(Form.ROBERTA, cls, sep).spelled();
            default -> new TextEnds(Form.LLAMA, "", "").spelled();
        };
    }

    private static String pieces(JsonNode list) {
        return list.valueStream()
                .map(piece -> piece.has(SPECIAL) ? piece.path(SPECIAL) : piece.path("Sequence"))
                .map(piece ->
                        piece.path("id").asText() + ":" + piece.path("type_id").asInt())
                .collect(Collectors.joining(" "));
    }

    /** Of a tokeniser that has no file of its own for it. */
    static TextEnds ofEsm(TokenizerClass known) {
        return new TextEnds(Form.ESM, known.token("cls_token"), known.token("eos_token"));
    }

    /** As the file's part that does it. */
    ObjectNode written(ObjectNode root, VocabularyIds ids) throws ModelException {
        ObjectNode template = JSON.createObjectNode().put("type", "TemplateProcessing");
        write(template.putArray("single"), form.single);
        write(template.putArray("pair"), form.pair);
        ObjectNode tokens = template.putObject("special_tokens");
        for (String token : new String[] {first, last}) {
            if (!token.isEmpty()) {
                ObjectNode entry = tokens.putObject(token).put("id", token);
                entry.putArray("ids").add(ids.needed(root, token));
                entry.putArray("tokens").add(token);
            }
        }
        return template;
    }

    private void write(ArrayNode list, String pieces) {
        for (String piece : List.of(pieces.split(" ", -1))) {
            boolean isText = piece.startsWith("A") || piece.startsWith("B");
            if (!text(piece).isEmpty()) {
                list.addObject()
                        .putObject(isText ? "Sequence" : SPECIAL)
                        .put("id", text(piece))
                        .put("type_id", type(piece));
            }
        }
    }
}
