package phifleet.worker.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import phifleet.inference.model.Tokenizer;

/**
 * Texts of mixed lengths, the same in every run: words of the model's own vocabulary, as many as it takes for 8 to 256
 * tokens with a mean of 30, log-normally spread as the lengths of sentences are.
 */
final class Texts {
    private static final int LEAST = 8;
    private static final int MOST = 256;

    private Texts() {}

    static List<String> mixed(int count, Tokenizer tokenizer, long seed) throws IOException {
        List<String> words = words();
        Random random = new Random(seed);
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int length = (int) Math.clamp(Math.exp(3.1 + 0.75 * random.nextGaussian()), LEAST, MOST);
            texts.add(ofTokens(length, words, random, tokenizer));
        }
        return texts;
    }

    /** A text of exactly this many tokens, special ones included. */
    static String ofTokens(int length, List<String> words, Random random, Tokenizer tokenizer) {
        StringBuilder text = new StringBuilder();
        for (int i = tokenizer.specialTokenCount(); i < length; i++) {
            text.append(words.get(random.nextInt(words.size()))).append(' ');
        }
        return text.toString().strip();
    }

    /** Whole words of the vocabulary: each is one token. */
    static List<String> words() throws IOException {
        try (InputStream in = Texts.class.getResourceAsStream("/all-minilm-l6-v2-tokenizer.json")) {
            return new JsonMapper()
                    .readTree(in)
                    .path("model")
                    .path("vocab")
                    .propertyStream()
                    .map(entry -> entry.getKey())
                    .filter(word -> word.matches("[a-z]{3,10}"))
                    .toList();
        }
    }
}
