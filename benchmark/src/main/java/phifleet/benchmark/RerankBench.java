package phifleet.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

/**
 * Rerankings by a worker and by a FastAPI server ({@code benchmark/targets/fastapi-rerank}: sentence-transformers' CrossEncoder) with the same
 * weights, turn by turn under the same clients ({@link BesideFastApi}). Texts are those of {@code scripts/bench heads}: a query and 50 passages of 20 to 200
 * tokens.
 */
public final class RerankBench {
    private static final int CLIENTS = 32;
    private static final int PASSAGES = 50;
    private static final int QUERY_TOKENS = 10;
    private static final int LEAST_TOKENS = 20;
    private static final int MOST_TOKENS = 200;
    private static final int WARM_UPS = 1;
    private static final double SAME = 1e-3;
    private static final double BAR = 2;

    private RerankBench() {}

    /**
     * Called by {@code scripts/bench heads-fastapi}, which names the commands: ROUNDS RANKINGS FOLDER MODEL. Each command gets its port in
     * {@code PHI_HTTP_PORT}.
     */
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        int rankings = Integer.parseInt(args[1]);
        Path folder = Files.createDirectories(Path.of(args[2]).toAbsolutePath());
        Path model = Path.of(args[3]).toAbsolutePath();
        int cores = Runtime.getRuntime().availableProcessors();
        List<Call> calls = calls(words(model), rankings);
        try (Processes processes = new Processes(folder)) {
            BesideFastApi three = BesideFastApi.start(
                    processes,
                    folder,
                    "FastAPI + CrossEncoder",
                    "{id: reranker, path: '" + model + "'}",
                    model,
                    calls,
                    calls);
            requireSameScores(three.worker(), three.many(), calls.getFirst());
            Turns turns = three.turns(CLIENTS, rankings, WARM_UPS, rounds, RerankBench::pairs);
            System.out.printf(
                    Locale.ROOT,
                    "%d rerankings of %d passages, %d clients, %d cores, %d rounds%n",
                    rankings,
                    PASSAGES,
                    CLIENTS,
                    cores,
                    rounds);
            three.report(turns, "pairs", BAR);
        }
    }

    private static Turns.Measured pairs(Turns.Measured turn) {
        return new Turns.Measured(turn.items() * PASSAGES, turn.seconds(), turn.cpuSeconds(), turn.servingSeconds());
    }

    private static List<Call> calls(List<String> words, int rankings) throws IOException {
        Random random = new Random(2026);
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < rankings; i++) {
            String query = text(words, QUERY_TOKENS, random);
            List<String> texts = IntStream.range(0, PASSAGES)
                    .mapToObj(j -> text(words, random.nextInt(LEAST_TOKENS, MOST_TOKENS + 1), random))
                    .toList();
            calls.add(Call.postJson(
                    "rank",
                    "/rerank",
                    new JsonMapper().writeValueAsString(Map.of("query", query, "texts", texts)),
                    AnswerCheck.anything()));
        }
        return calls;
    }

    private static String text(List<String> words, int tokens, Random random) {
        return String.join(
                " ",
                IntStream.range(0, tokens)
                        .mapToObj(i -> words.get(random.nextInt(words.size())))
                        .toList());
    }

    /** Whole words of the vocabulary, each of which is one token. */
    private static List<String> words(Path model) throws IOException {
        return new JsonMapper()
                .readTree(model.resolve("tokenizer.json").toFile())
                .at("/model/vocab")
                .propertyStream()
                .map(Map.Entry::getKey)
                .filter(word -> word.matches("[a-z]{3,10}"))
                .toList();
    }

    /** Of each passage. */
    private static void requireSameScores(Contender one, Contender other, Call call) throws IOException {
        double[] left = scores(one.answer(call));
        double[] right = scores(other.answer(call));
        for (int i = 0; i < PASSAGES; i++) {
            if (!(Math.abs(left[i] - right[i]) <= SAME)) {
                throw new IllegalStateException(
                        "the two do not rank alike: passage " + i + " has " + left[i] + " and " + right[i]);
            }
        }
    }

    private static double[] scores(byte[] answer) throws IOException {
        double[] scores = new double[PASSAGES];
        JsonNode ranks = new JsonMapper().readTree(answer);
        if (ranks.size() != PASSAGES) {
            throw new IllegalStateException(PASSAGES + " passages were ranked as " + ranks);
        }
        ranks.forEach(
                rank -> scores[rank.path("index").asInt()] = rank.path("score").asDouble());
        return scores;
    }
}
