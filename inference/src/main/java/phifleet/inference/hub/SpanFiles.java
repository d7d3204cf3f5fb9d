package phifleet.inference.hub;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Recipe;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenInput;

/** What {@code gliner_config.json} says of a model that names spans by labels of the caller's. */
final class SpanFiles {
    static final String CONFIG = "gliner_config.json";

    /** Tokens that a word may have on the average, where no file says how many a text may have. */
    private static final int TOKENS_A_WORD = 4;

    private static final int MOST_WIDTH = 1000;
    private static final int MOST_WORDS = 100_000;

    private SpanFiles() {}

    static boolean areIn(Path folder) {
        return Files.isRegularFile(folder.resolve(CONFIG));
    }

    /** What it makes of the encoder's settings, which lie in the file too. */
    static Task.SpanExtraction read(Path folder, FolderWishes wished, Decisions decisions) throws ModelException {
        JsonFile config = JsonFile.read(folder.resolve(CONFIG));
        if (!config.exists()) {
            throw new ModelException(folder + " has no " + CONFIG + ", by which spans are named");
        }
        said(config, "span_mode", "markerV0");
        said(config, "words_splitter_type", "whitespace");
        said(config, "subtoken_pooling", "first");
        int width = number(config, "max_width", 12, MOST_WIDTH);
        int words = number(config, "max_len", 384, MOST_WORDS);
        decisions.add("spans of up to " + width + " words, " + words + " words at once", CONFIG);
        return new Task.SpanExtraction(
                new TokenInput(tokens(folder, config, wished, words, decisions), pad(config), false),
                config.at("ent_token").asText("<<ENT>>"),
                config.at("sep_token").asText("<<SEP>>"),
                width,
                words,
                new Recipe(wished.output(), List.of(), 0, List.of(), false, true, decisions.all()));
    }

    private static int tokens(Path folder, JsonFile config, FolderWishes wished, int words, Decisions decisions)
            throws ModelException {
        JsonFile encoder = new JsonFile(config.path(), config.at("encoder_config"));
        int bound = TOKENS_A_WORD * words;
        int said = TokenLimit.ofSpans(folder, encoder, decisions);
        int most = wished.maxTokens().orElse(Math.min(said, bound));
        if (said > bound && wished.maxTokens().isEmpty()) {
            decisions.add("most tokens " + bound, TOKENS_A_WORD + " a word");
        }
        return most;
    }

    private static int pad(JsonFile config) {
        return config.at("encoder_config").path("pad_token_id").asInt(0);
    }

    private static void said(JsonFile config, String key, String supported) throws ModelException {
        String value = config.at(key).asText(supported);
        if (!value.equals(supported)) {
            throw new ModelException(config.path() + ": " + key + " is " + value + "; " + supported + " is supported");
        }
    }

    private static int number(JsonFile config, String key, int usual, int most) throws ModelException {
        int value = config.at(key).asInt(usual);
        if (value < 1 || value > most) {
            throw new ModelException(config.path() + ": " + key + " must be 1 to " + most + ", was " + value);
        }
        return value;
    }
}
