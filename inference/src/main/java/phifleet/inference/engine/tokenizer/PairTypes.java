package phifleet.inference.engine.tokenizer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import phifleet.inference.model.ModelException;

/**
 * Whether a network is told the two texts of a pair apart. {@code tokenizer.json} says how, but whether that goes on to the network is
 * for transformers' class of tokenisers, by its {@code model_input_names}: where these leave {@code token_type_ids} out, a network that
 * has a table of them takes its first row for all tokens.
 *
 * <p>Sources: {@code AutoTokenizer} of transformers 4.57 and 5.24.
 */
public final class PairTypes {
    private static final JsonMapper JSON = new JsonMapper();
    private static final String TYPES = "token_type_ids";

    /** Those that tell in every release, without {@code Tokenizer} and {@code TokenizerFast}. */
    private static final Set<String> TELLING = Set.of(
            "Bert",
            "Canine",
            "ConvBert",
            "DPRContextEncoder",
            "DPRQuestionEncoder",
            "Deberta",
            "DebertaV2",
            "Electra",
            "FNet",
            "LayoutLM",
            "LayoutLMv2",
            "Lxmert",
            "MarkupLM",
            "MobileBert",
            "SqueezeBert",
            "Tapas");

    /** Those that told up to release 4, and are of the silent kind since 5. */
    private static final Set<String> TOLD = Set.of(
            "Albert",
            "BertJapanese",
            "Bertweet",
            "CTRL",
            "Cpm",
            "Flaubert",
            "Funnel",
            "Herbert",
            "Mgpstr",
            "Phobert",
            "PreTrained",
            "RemBert",
            "RoCBert",
            "RoFormer",
            "Splinter",
            "XLM",
            "XLNet");

    /** Types of models whose folders need not name a class of the kind that told once. */
    private static final Set<String> TOLD_TYPES = Set.of("albert", "rembert", "roformer", "modernbert");

    private PairTypes() {}

    /**
     * Reads what stands beside a {@code tokenizer.json}. Where releases differ, the one that the folder names as its own decides; where it
     * names none, the older ones do.
     *
     * @param file a {@code tokenizer.json}
     */
    public static boolean areTold(Path file) throws ModelException {
        JsonNode tokenizer = read(file.resolveSibling("tokenizer_config.json"));
        JsonNode names = tokenizer.path("model_input_names");
        if (names.isArray()) {
            return names.valueStream().anyMatch(name -> name.asText().equals(TYPES));
        }
        JsonNode model = read(file.resolveSibling("config.json"));
        boolean old = !model.path("transformers_version").asText("4").matches("[5-9]\\..*");
        String named = tokenizer.path("tokenizer_class").asText("");
        if (named.isEmpty()) {
            return old || !TOLD_TYPES.contains(model.path("model_type").asText());
        }
        String stem = named.replaceFirst("Tokenizer(Fast)?$", "");
        return TELLING.contains(stem) || (old && TOLD.contains(stem));
    }

    private static JsonNode read(Path file) throws ModelException {
        try {
            return Files.exists(file) ? JSON.readTree(Files.readAllBytes(file)) : JSON.missingNode();
        } catch (JacksonException e) {
            throw ModelException.ofJson(file.toString(), e);
        } catch (IOException e) {
            throw new ModelException(file + " cannot be read: " + e, e);
        }
    }
}
