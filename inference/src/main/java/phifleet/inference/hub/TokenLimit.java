package phifleet.inference.hub;

import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ModelException;

/** The most tokens of one text: the least that any file of the folder says. */
final class TokenLimit {
    /** Where nothing sets a bound: a static encoder. */
    static final int ANY = 1_000_000;

    /** Families whose positions start after the padding's, so that fewer are left for tokens than the table has. */
    private static final List<String> SHIFTED = List.of(
            "roberta",
            "xlm-roberta",
            "camembert",
            "xlm-roberta-xl",
            "data2vec-text",
            "roberta-prelayernorm",
            "longformer");

    /** Families that turn by places, which go on behind those of training: sentence-transformers' own limit counts alone. */
    private static final Set<String> TURNING = Set.of(
            "cohere",
            "cohere2",
            "eurobert",
            "gemma",
            "gemma2",
            "gemma3_text",
            "gpt_neox",
            "granite",
            "llama",
            "llama_bidirec",
            "mistral",
            "modernbert",
            "olmo",
            "olmo2",
            "olmo3",
            "phi",
            "phi3",
            "qwen2",
            "qwen3",
            "smollm3",
            "stablelm",
            "starcoder2");

    /** Families that look at distances only. */
    private static final List<String> WITHOUT_TABLE = List.of("t5", "mt5", "umt5", "bloom");

    private TokenLimit() {}

    /**
     * @param folder the network's
     * @param known what the model's name tells; counts where sentence-transformers says nothing
     * @param wished what the user says; counts where the folder says nothing, and is checked by whoever reads it where it does
     */
    static int read(Path folder, JsonFile config, FolderWishes wished, @Nullable KnownModel known, Decisions decisions)
            throws ModelException {
        double most = Double.POSITIVE_INFINITY;
        String by = "";
        JsonFile sentence = sentenceBert(folder);
        LoadingArguments.mustChangeNothing(sentence);
        JsonFile tokenizer = JsonFile.read(folder.resolve("tokenizer_config.json"));
        double own = positive(sentence, "max_seq_length");
        double[] limits = {
            own,
            // sentence-transformers' stands in place of the tokeniser's, smaller or larger.
            own == Double.POSITIVE_INFINITY ? ofTokenizer(tokenizer) : own,
            own < Double.POSITIVE_INFINITY
                            && TURNING.contains(config.at("model_type").asText())
                    ? Double.POSITIVE_INFINITY
                    : positions(config),
            known == null || sentence.exists()
                    ? Double.POSITIVE_INFINITY
                    : known.maxTokens().orElse(Integer.MAX_VALUE)
        };
        String[] names = {
            sentence.name() + ": max_seq_length",
            tokenizer.name() + ": model_max_length",
            config.name() + ": positions",
            KnownModel.FILE
        };
        for (int i = 0; i < limits.length; i++) {
            // transformers writes 1e30 where it knows no limit.
            if (limits[i] < most && limits[i] < 1e9) {
                most = limits[i];
                by = names[i];
            }
        }
        if (most == Double.POSITIVE_INFINITY) {
            if (wished.maxTokens().isEmpty()) {
                throw new ModelException(folder + ": no file says how many tokens a text may have; set max-tokens:");
            }
            decisions.add("most tokens " + wished.maxTokens().getAsInt(), "max-tokens");
            return wished.maxTokens().getAsInt();
        }
        if (most < 1) {
            throw new ModelException(folder + ": " + by + " leaves room for " + (long) most + " tokens");
        }
        decisions.add("most tokens " + (int) most, by);
        return (int) most;
    }

    /**
     * Of a network whose settings lie in another's file; what its tokeniser says, and its table of positions where it has one.
     *
     * @return {@link Integer#MAX_VALUE} where nothing is said
     */
    static int ofSpans(Path folder, JsonFile encoder, Decisions decisions) throws ModelException {
        double said = ofTokenizer(JsonFile.read(folder.resolve("tokenizer_config.json")));
        boolean byDistance = encoder.at("model_type").asText().startsWith("deberta")
                && !encoder.at("position_biased_input").asBoolean(true);
        double most = Math.min(said, byDistance ? Double.POSITIVE_INFINITY : positions(encoder));
        if (most >= 1e9) {
            return Integer.MAX_VALUE;
        }
        decisions.add("most tokens " + (int) most, "tokenizer_config.json and positions");
        return (int) most;
    }

    /** By its name of today, or that of releases before 3 of transformers. */
    private static double ofTokenizer(JsonFile settings) {
        return positive(settings, settings.values().has("model_max_length") ? "model_max_length" : "max_len");
    }

    /** Older folders name the file after the network. */
    static JsonFile sentenceBert(Path folder) throws ModelException {
        for (String family : List.of("bert", "roberta", "distilbert", "camembert", "albert", "xlm-roberta", "xlnet")) {
            JsonFile file = JsonFile.read(folder.resolve("sentence_" + family + "_config.json"));
            if (file.exists()) {
                return file;
            }
        }
        return JsonFile.read(folder.resolve("sentence_bert_config.json"));
    }

    static boolean lowerCase(Path folder) throws ModelException {
        return sentenceBert(folder).at("do_lower_case").asBoolean(false);
    }

    private static double positive(JsonFile file, String key) {
        double value = file.at(key).asDouble(0);
        return value > 0 ? value : Double.POSITIVE_INFINITY;
    }

    static double positions(JsonFile config) {
        String type = config.at("model_type").asText();
        if (type.equals("nomic_bert") && !config.at("hidden_size").isNumber()) {
            // Scaled angles would depend on the text's length, but for the lengths of its training.
            String key = config.at("rotary_scaling_factor").isNumber() ? "max_trained_positions" : "n_positions";
            return positive(config, key);
        }
        double table =
                positive(config, List.of("gpt2", "gptj").contains(type) ? "n_positions" : "max_position_embeddings");
        if (WITHOUT_TABLE.contains(type)) {
            return Double.POSITIVE_INFINITY;
        }
        boolean ofTable = type.equals("esm")
                && config.at("position_embedding_type").asText("absolute").equals("absolute");
        if (SHIFTED.contains(type) || ofTable) {
            return table - config.at("pad_token_id").asInt(1) - 1;
        }
        // Its code counts from 2, whatever the padding's id.
        return type.equals("mpnet") ? table - 2 : table;
    }
}
