package phifleet.inference.text.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Precision;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;
import phifleet.inference.text.Embeddings;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.TextEncoding;

/**
 * Sentences whose vectors are known from another implementation: a model that does not reproduce them is not the model it
 * is said to be, or is not run as it should be, and must not serve.
 *
 * <p>The form is a JSON list of {@code {"text": "…", "embedding": [f, …]}}, vectors of any length (they are compared by
 * cosine).
 */
public final class GoldenCheck {
    private final String name;
    private final List<Sentence> sentences;
    private final int mostTokens;

    private record Sentence(String text, Vector expected) {}

    private GoldenCheck(String name, List<Sentence> sentences, int mostTokens) {
        this.name = name;
        this.sentences = List.copyOf(sentences);
        this.mostTokens = mostTokens;
    }

    /** The same for a model that takes no more tokens of a text: longer ones are cut at their end, as its vectors' maker does. */
    public GoldenCheck cutTo(int most) {
        return new GoldenCheck(name, sentences, most);
    }

    /** Of the file, as it is said in errors. */
    public String name() {
        return name;
    }

    public int size() {
        return sentences.size();
    }

    /** The smallest cosine that still counts as the same vector. */
    public static double leastCosine(Precision precision) {
        return switch (precision) {
            case FP32 -> 0.9999;
            case FP16 -> 0.999;
            case BF16 -> 0.995;
            case INT8, INT4 -> 0.97;
        };
    }

    /** Reads known vectors; {@code name} names the file in errors. */
    public static GoldenCheck read(byte[] json, String name) throws ModelException {
        try {
            List<Sentence> sentences = new ArrayList<>();
            for (JsonNode entry : new JsonMapper().readTree(json)) {
                JsonNode values = entry.path("embedding");
                if (!entry.path("text").isTextual() || !values.isArray() || values.isEmpty()) {
                    throw new ModelException(name + ": each entry needs a text and an embedding, not " + entry);
                }
                float[] expected = new float[values.size()];
                for (int i = 0; i < expected.length; i++) {
                    expected[i] = (float) values.get(i).asDouble();
                }
                sentences.add(new Sentence(entry.path("text").asText(), new Vector(expected)));
            }
            if (sentences.isEmpty()) {
                throw new ModelException(name + " has no sentences");
            }
            return new GoldenCheck(name, sentences, Integer.MAX_VALUE);
        } catch (IOException e) {
            throw ModelException.ofJson(String.valueOf(name), e);
        }
    }

    /**
     * Runs the sentences one by one.
     *
     * @param leastCosine what counts as the same: 0.9999 for 32-bit floats, less for smaller numbers
     * @return the smallest cosine seen
     * @throws ModelException if a vector differs; the message says which and by how much
     */
    public double verify(String modelId, Tokenizer tokenizer, Model<TokenSequence, Vector> model, double leastCosine)
            throws ModelException {
        double smallest = 1;
        for (Sentence sentence : sentences) {
            TokenSequence whole = tokenizer.encode(sentence.text(), true);
            TokenSequence text = whole.length() <= mostTokens
                    ? whole
                    : new TextEncoding(tokenizer, true).cut(whole, mostTokens, EncodeOptions.Direction.USUAL);
            Vector actual = model.run(List.of(text)).getFirst();
            if (actual.dimension() != sentence.expected().dimension()) {
                throw new ModelException(modelId + " gives vectors of " + actual.dimension() + " values, but " + name
                        + " has " + sentence.expected().dimension());
            }
            double cosine = Embeddings.cosine(actual, sentence.expected());
            if (!(cosine >= leastCosine)) {
                throw new ModelException(String.format(
                        Locale.ROOT,
                        "%s fails its golden check: \"%s\" has cosine %.6f to the known vector in %s and needs %.4f; %s",
                        modelId,
                        sentence.text(),
                        cosine,
                        name,
                        leastCosine,
                        largestDifference(actual, sentence.expected())));
            }
            smallest = Math.min(smallest, cosine);
        }
        return smallest;
    }

    private static String largestDifference(Vector actual, Vector expected) {
        Vector left = Embeddings.finish(actual, actual.dimension(), true);
        Vector right = Embeddings.finish(expected, expected.dimension(), true);
        int worst = 0;
        for (int i = 1; i < left.dimension(); i++) {
            if (Math.abs(left.get(i) - right.get(i)) > Math.abs(left.get(worst) - right.get(worst))) {
                worst = i;
            }
        }
        return "value " + worst + " differs most: " + left.get(worst) + " in place of " + right.get(worst);
    }
}
