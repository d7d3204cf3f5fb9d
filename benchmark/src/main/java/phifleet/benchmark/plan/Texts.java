package phifleet.benchmark.plan;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import phifleet.benchmark.plan.BenchmarkSettings.TestConfig;

/**
 * Makes the texts of scenarios, the same ones in every run. A length in tokens is exact for tokenisers with whole words in their
 * vocabulary, as BERT's: such words alone are used, each of which is one token, between the two special ones.
 */
public final class Texts {
    private static final int SPECIAL_TOKENS = 2;
    private static final Pattern WORD = Pattern.compile("[a-z]{3,10}");

    private final List<String> words;
    private final List<String> lines;

    private Texts(List<String> words, List<String> lines) {
        this.words = words;
        this.lines = lines;
    }

    /**
     * Texts by a tokeniser's vocabulary.
     *
     * @param tokenizer a {@code tokenizer.json}
     * @param base what the dataset's path is relative to
     */
    public static Texts of(Path tokenizer, TestConfig test, Path base) throws IOException {
        List<String> vocabulary = vocabulary(tokenizer);
        Optional<String> dataset = test.dataset();
        if (dataset.isEmpty()) {
            return new Texts(vocabulary, List.of());
        }
        Path file = base.resolve(dataset.get());
        List<String> lines = dataset(file, test.texts());
        if (lines.isEmpty()) {
            throw new IOException(file + " has no text");
        }
        Set<String> known = Set.copyOf(vocabulary);
        List<String> words = lines.stream()
                .flatMap(line -> Stream.of(line.split(" +")))
                .filter(known::contains)
                .toList();
        // Of another language, say: its lines are there for scenarios of the dataset, other lengths are made as without
        // one.
        return new Texts(words.isEmpty() ? vocabulary : words, lines);
    }

    private static List<String> dataset(Path file, int most) throws IOException {
        if (file.toString().endsWith(".json")) {
            return jsonTexts(file).limit(most).toList();
        }
        try (Stream<String> all = Files.lines(file)) {
            return all.map(line -> line.substring(line.lastIndexOf('\t') + 1).strip())
                    .filter(line -> !line.isEmpty())
                    .limit(most)
                    .toList();
        }
    }

    /** Of a list of texts, or of objects that have one, as files of golden vectors are. */
    private static Stream<String> jsonTexts(Path file) throws IOException {
        JsonNode list = new JsonMapper().readTree(file.toFile());
        return list.valueStream()
                .map(one -> one.isObject() ? one.path("text") : one)
                .filter(JsonNode::isTextual)
                .map(text -> text.asText().strip())
                .filter(text -> !text.isEmpty());
    }

    private static List<String> vocabulary(Path tokenizer) throws IOException {
        JsonNode vocabulary =
                new JsonMapper().readTree(tokenizer.toFile()).path("model").path("vocab");
        List<String> words = vocabulary
                .propertyStream()
                .map(entry -> entry.getKey())
                .filter(word -> WORD.matcher(word).matches())
                .collect(Collectors.toList());
        if (words.isEmpty()) {
            throw new IOException(tokenizer + " has no vocabulary of whole words");
        }
        return words;
    }

    /** That many texts; those of exact lengths take turns, so that each request has some of each. */
    public List<String> of(Lengths lengths, int count) {
        Random random = new Random(lengths.label().hashCode());
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(
                    switch (lengths) {
                        case Lengths.Exact(var tokens) -> ofTokens(tokens.get(i % tokens.size()), random);
                        case Lengths.Mixed() ->
                            ofTokens((int) Math.clamp(Math.exp(3.1 + 0.75 * random.nextGaussian()), 8, 256), random);
                        case Lengths.Dataset() -> lines.get(i % lines.size());
                    });
        }
        return texts;
    }

    private String ofTokens(int tokens, Random random) {
        return Stream.generate(() -> words.get(random.nextInt(words.size())))
                .limit(tokens - SPECIAL_TOKENS)
                .collect(Collectors.joining(" "));
    }
}
