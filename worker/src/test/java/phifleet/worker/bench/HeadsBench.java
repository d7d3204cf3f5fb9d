package phifleet.worker.bench;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import phifleet.benchmark.AnswerCheck;
import phifleet.benchmark.Call;
import phifleet.benchmark.Turns;
import phifleet.inference.engine.onnx.RandomBert;
import phifleet.inference.engine.onnx.session.OnnxSession;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.engine.onnx.session.SessionSettings;
import phifleet.inference.engine.tokenizer.HuggingFaceTextTokenizer;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.testing.SharedFiles;
import phifleet.worker.WorkerUnderTest;

/**
 * What heads cost over HTTP, turn by turn in one process. Rerankings by a cross-encoder of MiniLM's shape with random weights, against
 * the bare session on the same pairs, all of them sorted by length beforehand; sparse vectors against dense ones of a model that gives
 * both; vectors of a static model as bytes against the same as JSON, where JSON is the cost.
 */
public final class HeadsBench {
    private static final int CORES = Runtime.getRuntime().availableProcessors();
    private static final int CLIENTS = 32;
    private static final int WARM_UPS = 2;

    private static final int PASSAGES = 50;
    private static final int LEAST_TOKENS = 20;
    private static final int MOST_TOKENS = 200;
    private static final int QUERY_TOKENS = 10;

    /** Padding included: the best of what bare sessions were tried with. */
    private static final int BARE_BATCH_TOKENS = 1024;

    private static final int TEXTS = 64;
    private static final int TOKENS = 16;

    private static final int REQUESTS = 400;

    private static final String WORKER = "worker over HTTP, 1 query and 50 passages a request";
    private static final String BARE = "bare sessions, all pairs sorted";
    private static final String SPARSE = "sparse vectors, 8 texts a request";
    private static final String DENSE = "dense vectors, 8 texts a request";
    private static final String BYTES = "static model, octet-stream, 64 texts a request";
    private static final String JSON = "static model, JSON, 64 texts a request";

    private final List<String> words;
    private final Random random = new Random(2026);

    private HeadsBench(List<String> words) {
        this.words = words;
    }

    public static void main(String[] arguments) throws Exception {
        Path cache = Path.of(arguments[0]);
        int rounds = Integer.parseInt(arguments[1]);
        int rankings = Integer.parseInt(arguments[2]);
        Path heads = SharedFiles.file("models/heads");
        Path reranker = reranker(cache.resolve("minilm-reranker"), heads.resolve("ms-marco-minilm"));
        String models = "models:\n  - {id: reranker, path: " + reranker.toAbsolutePath() + "}\n  - {id: both, path: "
                + heads.resolve("bge-m3").toAbsolutePath() + "}\n  - {id: static, path: "
                + StaticFolder.write(cache.resolve("static-256")).toAbsolutePath() + "}\n";
        try (WorkerUnderTest worker = WorkerUnderTest.start(cache, models, Driven.PATIENT);
                OnnxSession session =
                        OnnxSession.open(reranker.resolve("model.onnx"), SessionSettings.on(Provider.PLAIN_CPU))) {
            HeadsBench bench = new HeadsBench(words(reranker));
            System.out.printf(Locale.ROOT, "%d clients, %d cores, %d rounds%n", CLIENTS, CORES, rounds);
            bench.rank(worker, session, tokenizer(reranker), rankings, rounds);
            bench.embed(worker, rounds);
        }
    }

    private void rank(WorkerUnderTest worker, OnnxSession session, Tokenizer tokenizer, int rankings, int rounds)
            throws Exception {
        List<Call> calls = new ArrayList<>();
        List<TokenSequence> pairs = new ArrayList<>();
        JsonMapper json = new JsonMapper();
        for (int i = 0; i < rankings; i++) {
            String query = text(QUERY_TOKENS);
            List<String> passages = IntStream.range(0, PASSAGES)
                    .mapToObj(j -> text(random.nextInt(LEAST_TOKENS, MOST_TOKENS + 1)))
                    .toList();
            passages.forEach(passage -> pairs.add(pair(tokenizer, query, passage)));
            calls.add(Call.postJson(
                    "rank",
                    "/rerank",
                    json.writeValueAsString(Map.of("query", query, "texts", passages, "model", "reranker")),
                    AnswerCheck.anything()));
        }
        List<List<TokenSequence>> batches = sortedBatches(pairs);
        System.out.printf(
                Locale.ROOT,
                "%d rerankings of %d passages, %.1f tokens a pair%n",
                rankings,
                PASSAGES,
                pairs.stream().mapToInt(TokenSequence::length).average().orElse(0));
        Turns turns = new Turns()
                .add(WORKER, () -> pairs(Driven.over(worker.uri(), calls, CLIENTS, rankings), pairs.size()))
                .add(
                        BARE,
                        () -> pairs(
                                Driven.bare(CORES, batches.size(), i -> run(session, batches.get(i))), pairs.size()))
                .warmUp(WARM_UPS)
                .run(rounds);
        turns.paces("pairs");
        turns.ratio("worker / bare sorted sessions", WORKER, BARE, 0.95);
    }

    private void embed(WorkerUnderTest worker, int rounds) throws Exception {
        List<Call> sparse = texts(8, "/embed_sparse", Map.of("model", "both"), Map.of());
        List<Call> dense = texts(8, "/embed", Map.of("model", "both"), Map.of());
        List<Call> plain = texts(TEXTS, "/embed", Map.of("model", "static"), Map.of());
        List<Call> bytes =
                texts(TEXTS, "/embed", Map.of("model", "static"), Map.of("Accept", "application/octet-stream"));
        Turns turns = new Turns()
                .add(SPARSE, () -> Driven.over(worker.uri(), sparse, CLIENTS, REQUESTS))
                .add(DENSE, () -> Driven.over(worker.uri(), dense, CLIENTS, REQUESTS))
                .add(BYTES, () -> Driven.over(worker.uri(), bytes, CLIENTS, REQUESTS))
                .add(JSON, () -> Driven.over(worker.uri(), plain, CLIENTS, REQUESTS))
                .warmUp(WARM_UPS)
                .run(rounds);
        turns.paces("requests");
        turns.ratio("sparse / dense", SPARSE, DENSE, 0.9);
        turns.ratio("octet-stream / JSON", BYTES, JSON, 1.15);
    }

    private static Turns.Measured pairs(Turns.Measured turn, int pairs) {
        return new Turns.Measured(pairs, turn.seconds(), turn.cpuSeconds(), turn.servingSeconds());
    }

    private List<Call> texts(int each, String path, Map<String, Object> more, Map<String, String> headers)
            throws Exception {
        JsonMapper json = new JsonMapper();
        List<Call> calls = new ArrayList<>();
        for (int i = 0; i < CLIENTS; i++) {
            Map<String, Object> body = new TreeMap<>(more);
            body.put(
                    "inputs",
                    IntStream.range(0, each).mapToObj(j -> text(TOKENS)).toList());
            calls.add(Call.postJson("texts", path, json.writeValueAsString(body), headers, AnswerCheck.anything()));
        }
        return calls;
    }

    private static void run(OnnxSession session, List<TokenSequence> batch) throws Exception {
        int columns = batch.stream().mapToInt(TokenSequence::length).max().orElse(0);
        long[] ids = new long[batch.size() * columns];
        long[] mask = new long[ids.length];
        for (int row = 0; row < batch.size(); row++) {
            for (int i = 0; i < batch.get(row).length(); i++) {
                ids[row * columns + i] = batch.get(row).id(i);
                mask[row * columns + i] = 1;
            }
        }
        List<Long> shape = List.of((long) batch.size(), (long) columns);
        session.run(
                Map.of("input_ids", Tensor.of(shape, ids), "attention_mask", Tensor.of(shape, mask)),
                List.of("logits"));
    }

    /** As the tokeniser joins a pair. */
    private static TokenSequence pair(Tokenizer tokenizer, String query, String passage) {
        TokenSequence first = tokenizer.encode(query, true);
        TokenSequence second = tokenizer.encode(passage, true);
        int[] ids = IntStream.concat(
                        IntStream.range(0, first.length()).map(first::id),
                        IntStream.range(1, second.length()).map(second::id))
                .toArray();
        return TokenSequence.pair(ids, first.length());
    }

    /** Longest first, so that the threads end together. */
    private static List<List<TokenSequence>> sortedBatches(List<TokenSequence> pairs) {
        List<List<TokenSequence>> batches = new ArrayList<>();
        List<TokenSequence> batch = new ArrayList<>();
        for (TokenSequence pair : pairs.stream()
                .sorted(Comparator.comparingInt(TokenSequence::length).reversed())
                .toList()) {
            if (!batch.isEmpty() && (batch.size() + 1) * batch.getFirst().length() > BARE_BATCH_TOKENS) {
                batches.add(batch);
                batch = new ArrayList<>();
            }
            batch.add(pair);
        }
        batches.add(batch);
        return batches;
    }

    private static Tokenizer tokenizer(Path folder) throws Exception {
        return HuggingFaceTextTokenizer.load(Files.readAllBytes(folder.resolve("tokenizer.json")), "tokenizer.json");
    }

    private String text(int tokens) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < tokens; i++) {
            text.append(words.get(random.nextInt(words.size()))).append(' ');
        }
        return text.toString().strip();
    }

    /** Whole words of the vocabulary, each of which is one token. */
    private static List<String> words(Path folder) throws Exception {
        return new JsonMapper()
                .readTree(folder.resolve("tokenizer.json").toFile())
                .path("model")
                .path("vocab")
                .propertyStream()
                .map(Map.Entry::getKey)
                .filter(word -> word.matches("[a-z]{3,10}"))
                .toList();
    }

    /** A folder as a publisher would have it. */
    private static Path reranker(Path folder, Path like) throws Exception {
        Files.createDirectories(folder);
        if (!Files.exists(folder.resolve("model.onnx"))) {
            RandomBert.write(folder.resolve("model.onnx"), RandomBert.Shape.MINI_LM_RERANKER);
        }
        Files.writeString(folder.resolve("tokenizer.json"), Files.readString(like.resolve("tokenizer.json")));
        Files.writeString(folder.resolve("config.json"), """
                {"architectures": ["BertForSequenceClassification"], "model_type": "bert", "hidden_size": 384,
                 "num_hidden_layers": 6, "num_attention_heads": 12, "intermediate_size": 1536, "vocab_size": 1000,
                 "max_position_embeddings": 512, "type_vocab_size": 2, "pad_token_id": 0, "id2label": {"0": "LABEL_0"}}
                """);
        return folder;
    }
}
