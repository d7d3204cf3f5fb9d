package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import phifleet.inference.testing.ExportedWeights;
import phifleet.inference.testing.SharedFiles;

/** The heads of shared/models/heads from weights alone, without their graphs, against the same answers of the usual libraries. */
class BareHeadsTest {
    private static final double CLOSE = 1e-3;
    private static final List<String> RANKERS = List.of(
            "ms-marco-minilm",
            "ms-marco-tinybert-old-key",
            "stsb-roberta-sigmoid",
            "bge-reranker-v2-m3",
            "gte-reranker-modernbert",
            "qwen3-reranker",
            "qwen3-reranker-seq-cls");
    private static final List<String> CLASSIFIERS =
            List.of("emotion-distilbert", "toxic-bert-multilabel", "sentiment-roberta-binary", "regression-bert");
    private static final List<String> INFERRERS = List.of("nli-deberta-v3", "nli-roberta-mnli");
    private static final List<String> EXTRACTORS = List.of("ner-bert-cased", "ner-xlm-roberta");
    private static final List<String> ENCODERS = List.of("colbert-pylate", "colbert-modernbert-pylate");
    private static final List<String> SPARSE =
            List.of("splade-v3", "opensearch-sparse-doc-v3", "opensearch-sparse-doc-resaved");
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private static Path folder;

    private static HeadsUnderTest heads;

    @BeforeAll
    static void start() throws Exception {
        List<String> all = Stream.of(RANKERS, CLASSIFIERS, INFERRERS, EXTRACTORS, ENCODERS, SPARSE)
                .flatMap(List::stream)
                .toList();
        for (String id : all) {
            Path model = SharedFiles.file("models/heads").resolve(id);
            ExportedWeights.copy(model, graph(model), folder.resolve(id));
        }
        heads = HeadsUnderTest.start(folder, all);
    }

    private static Path graph(Path model) throws IOException {
        try (Stream<Path> files = Files.walk(model)) {
            return files.filter(file -> file.endsWith("model.onnx")).findFirst().orElseThrow();
        }
    }

    @AfterAll
    static void stop() {
        if (heads != null) {
            heads.close();
        }
    }

    private static ObjectNode asked(String id, JsonNode request) {
        ObjectNode body = JSON.createObjectNode().put("model", id);
        body.setAll((ObjectNode) request);
        return body;
    }

    private static String what(String id, JsonNode one) {
        return id + " " + one.at("/id").asText();
    }

    private static void assertClose(JsonNode found, JsonNode expected, String what) {
        assertThat(found.asDouble()).as(what).isCloseTo(expected.asDouble(), within(CLOSE));
    }

    @ParameterizedTest
    @FieldSource("RANKERS")
    void rerank_eachCase_hasTheLibrarysScores(String id) throws Exception {
        for (JsonNode one : heads.cases(id)) {
            if (one.at("/request/query").asText().isEmpty()) {
                continue;
            }
            for (JsonNode ranked : heads.post("/rerank", asked(id, one.get("request")))) {
                int index = ranked.get("index").asInt();
                assertClose(ranked.get("score"), one.at("/expected/scores/" + index), what(id, one));
            }
        }
    }

    private static void assertLabels(String id, JsonNode one) throws Exception {
        JsonNode found = heads.post("/predict", asked(id, one.get("request")));
        JsonNode expected = one.at("/expected/scores");
        assertThat(found).hasSameSizeAs(expected);
        for (JsonNode label : found) {
            JsonNode known = expected.valueStream()
                    .filter(other -> other.get("label").equals(label.get("label")))
                    .findFirst()
                    .orElseThrow();
            assertClose(label.get("score"), known.get("score"), what(id, one));
        }
    }

    @ParameterizedTest
    @FieldSource("CLASSIFIERS")
    void predict_eachText_hasTheLibrarysScores(String id) throws Exception {
        for (JsonNode one : heads.cases(id)) {
            assertLabels(id, one);
        }
    }

    @ParameterizedTest
    @FieldSource("INFERRERS")
    void predict_eachPair_hasTheLibrarysScores(String id) throws Exception {
        for (JsonNode one : heads.cases(id)) {
            if (one.at("/request").has("inputs")) {
                assertLabels(id, one);
            }
        }
    }

    @ParameterizedTest
    @FieldSource("EXTRACTORS")
    void extract_eachText_hasThePipelinesEntities(String id) throws Exception {
        for (JsonNode one : heads.cases(id)) {
            JsonNode expected = one.at("/expected/simple");
            ObjectNode body = JSON.createObjectNode().put("model", id).put("truncate", true);
            body.putArray("texts").add(one.at("/request/inputs"));
            JsonNode found =
                    heads.post("/extract", body.put("aggregation", "simple")).at("/entities/0");
            assertThat(found).as(what(id, one)).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(found.get(i).get("start")).isEqualTo(expected.get(i).get("start"));
                assertClose(found.get(i).get("score"), expected.get(i).get("score"), what(id, one));
            }
        }
    }

    @ParameterizedTest
    @FieldSource("ENCODERS")
    void embedAll_queriesAndDocuments_haveTheLibrarysVectors(String id) throws Exception {
        for (JsonNode one : heads.cases(id)) {
            if (one.at("/request").has("query")) {
                continue;
            }
            ObjectNode body = JSON.createObjectNode().put("model", id);
            body.set("input_type", one.at("/request/role"));
            body.set("inputs", one.at("/request/inputs"));
            JsonNode found = heads.post("/embed_all", body).get(0);
            JsonNode expected = one.at("/expected/vectors");
            assertThat(found).as(what(id, one)).hasSameSizeAs(expected);
            for (int row = 0; row < expected.size(); row++) {
                for (int i = 0; i < expected.get(row).size(); i++) {
                    assertClose(found.get(row).get(i), expected.get(row).get(i), what(id, one) + ", vector " + row);
                }
            }
        }
    }

    @ParameterizedTest
    @FieldSource("RANKERS")
    void info_saysThatNothingIsPadded(String id) throws Exception {
        JsonNode model = heads.get("/info")
                .get("models")
                .valueStream()
                .filter(one -> one.get("name").asText().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(model.get("padding").asText()).isEqualTo("nowhere");
        assertThat(model.get("decisions").toString()).contains("model.safetensors", "graph of ");
    }

    @ParameterizedTest
    @FieldSource("SPARSE")
    void embedSparse_eachText_hasTheLibrarysWeights(String id) throws Exception {
        for (JsonNode one : heads.cases(id)) {
            JsonNode expected =
                    one.at("/expected").has("document") ? one.at("/expected/document") : one.at("/expected/sparse");
            ObjectNode body = JSON.createObjectNode().put("model", id);
            body.set("inputs", one.at("/request/inputs"));
            Map<Integer, Double> found = heads.post("/embed_sparse", body)
                    .get(0)
                    .valueStream()
                    .collect(Collectors.toMap(
                            weight -> weight.get("index").asInt(),
                            weight -> weight.get("value").asDouble()));
            Map<Integer, Double> known = expected.valueStream()
                    .collect(Collectors.toMap(
                            weight -> weight.get(0).asInt(),
                            weight -> weight.get(1).asDouble()));
            Stream.concat(found.keySet().stream(), known.keySet().stream())
                    .forEach(index -> assertThat(found.getOrDefault(index, 0.0))
                            .as(what(id, one) + ", token " + index)
                            .isCloseTo(known.getOrDefault(index, 0.0), within(CLOSE)));
        }
    }
}
