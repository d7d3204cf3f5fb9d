package phifleet.inference.engine.tokenizer;

import com.fasterxml.jackson.databind.JsonNode;
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

    private PairTypes() {}

    /**
     * Reads what stands beside a {@code tokenizer.json}. Where releases differ, the one that the folder names as its own decides; where it
     * names none, the older ones do.
     *
     * @param file a {@code tokenizer.json}
     */
    public static boolean areTold(Path file) throws ModelException {
        return areTold(TokenizerClass.read(file));
    }

    static boolean areTold(TokenizerClass read) {
        JsonNode names = read.settings().path("model_input_names");
        if (names.isArray()) {
            return names.valueStream().anyMatch(name -> name.asText().equals(TYPES));
        }
        String name = read.name();
        return name.isEmpty() || TELLING.contains(name) || (read.old() && TOLD.contains(name));
    }
}
