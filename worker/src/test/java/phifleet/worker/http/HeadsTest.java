package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.http.Json;
import phifleet.inference.engine.onnx.TinyHead;
import phifleet.inference.testing.Workbench;
import phifleet.worker.WorkerUnderTest;

/** Heads over HTTP, by models whose numbers are the ids of their words. */
class HeadsTest {
    private static final HttpClient CLIENT = HttpClient.newHttpClient();

    @TempDir
    private static Path folder;

    private static WorkerUnderTest worker;

    @BeforeAll
    static void start() throws Exception {
        TinyHead.ranker(folder.resolve("ranker"));
        TinyHead.classifier(folder.resolve("classifier"), "{\"0\": \"x\", \"1\": \"y\", \"2\": \"z\"}", "regression");
        TinyHead.classifier(
                folder.resolve("nli"),
                "{\"0\": \"contradiction\", \"1\": \"neutral\", \"2\": \"entailment\"}",
                "single_label_classification");
        TinyHead.sparse(folder.resolve("sparse"));
        TinyHead.judge(folder.resolve("judge"));
        worker = WorkerUnderTest.start(Workbench.cache(), """
                models:
                  - {id: ranker, path: %1$s/ranker}
                  - {id: classifier, path: %1$s/classifier, aliases: [labels]}
                  - {id: nli, path: %1$s/nli}
                  - {id: sparse, path: %1$s/sparse}
                  - {id: judge, path: %1$s/judge}
                """.formatted(folder), Map.of());
    }

    @AfterAll
    static void stop() {
        if (worker != null) {
            worker.close();
        }
    }

    private static HttpResponse<String> post(String path, String body) throws Exception {
        HttpRequest request = HttpRequest.newBuilder(worker.uri().resolve(path))
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build();
        return CLIENT.send(request, HttpResponse.BodyHandlers.ofString());
    }

    private static JsonNode answer(String path, String body) throws Exception {
        HttpResponse<String> answer = post(path, body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.of(answer);
    }

    @Test
    void rerank_texts_areInTheOrderOfTheirScores() throws Exception {
        HttpResponse<String> answer =
                post("/rerank", "{\"query\":\"f f\",\"texts\":[\"a b\",\"e\",\"\",\"c\"],\"return_text\":true}");
        assertThat(answer.body())
                .isEqualTo("[{\"index\":1,\"text\":\"e\",\"score\":8.0},{\"index\":3,\"text\":\"c\",\"score\":6.0},"
                        + "{\"index\":0,\"text\":\"a b\",\"score\":5.0},{\"index\":2,\"text\":\"\",\"score\":3.0}]");
        assertThat(answer.headers().firstValue("x-compute-tokens")).contains("24");
        assertThat(answer("/", "{\"query\":\"f\",\"texts\":[\"a\"]}")
                        .at("/0/score")
                        .asDouble())
                .isEqualTo(4);
    }

    @Test
    void rerank_cohere_hasWhatItsClientsRead() throws Exception {
        JsonNode answer = answer(
                "/v1/rerank",
                "{\"model\":\"ranker\",\"query\":\"f\",\"documents\":[\"a\",{\"text\":\"d\",\"id\":7}],\"top_n\":1,"
                        + "\"return_documents\":true}");
        assertThat(answer.at("/results").toString())
                .isEqualTo("[{\"index\":1,\"relevance_score\":7.0,\"document\":{\"text\":\"d\"}}]");
        assertThat(answer.at("/usage/total_tokens").asInt()).isEqualTo(10);
        assertThat(answer.at("/model").asText()).isEqualTo("ranker");
        assertThat(answer.at("/id").asText()).isNotEmpty();
        assertThat(answer("/v2/rerank", "{\"query\":\"f\",\"documents\":[\"a\"]}")
                        .at("/meta/api_version/version")
                        .asText())
                .isEqualTo("2");
        assertThat(answer("/v2/rerank", "{\"query\":\"f\",\"documents\":[\"a f\"],\"max_tokens_per_doc\":1}")
                        .at("/results/0/relevance_score")
                        .asDouble())
                .isEqualTo(4);
    }

    @Test
    void predict_eachFormOfInputs_isTaken() throws Exception {
        assertThat(post("/predict", "{\"inputs\":\"a f\",\"model\":\"labels\"}").body())
                .isEqualTo(
                        "[{\"score\":9.0,\"label\":\"x\"},{\"score\":5.5,\"label\":\"y\"},{\"score\":0.0,\"label\":\"z\"}]");
        assertThat(post("/predict", "{\"inputs\":[\"a\",\"d\"]}").body())
                .isEqualTo(
                        "[{\"score\":7.0,\"label\":\"x\"},{\"score\":7.0,\"label\":\"z\"},{\"score\":5.5,\"label\":\"y\"}]");
        assertThat(answer("/predict", "{\"inputs\":[[\"a\"],[\"c\",\"b\"]]}")
                        .at("/1/2/score")
                        .asDouble())
                .isEqualTo(5);
        assertThat(answer("/", "{\"inputs\":\"a\",\"parameters\":{\"top_k\":1}}")
                        .toString())
                .isEqualTo("[[{\"score\":5.5,\"label\":\"y\"}]]");
    }

    @Test
    void classify_ownAndCallersLabels_areScored() throws Exception {
        JsonNode own = answer("/classify", "{\"texts\":[\"f\",[\"a\",\"b\"]],\"top_k\":2,\"threshold\":5.2}");
        assertThat(own.at("/predictions/0").toString())
                .isEqualTo("[{\"label\":\"x\",\"index\":0,\"score\":9.0},{\"label\":\"y\",\"index\":1,\"score\":5.5}]");
        assertThat(own.at("/predictions/1").size()).isEqualTo(1);
        JsonNode others = answer(
                "/classify",
                "{\"texts\":[\"a\"],\"model\":\"nli\",\"labels\":[\"b\",\"f\"],\"hypothesis_template\":\"{}\"}");
        // Ids 5 and 9 behind the text, held against each other.
        assertThat(others.at("/predictions/0/0/label").asText()).isEqualTo("f");
        assertThat(others.at("/predictions/0/0/score").asDouble())
                .isCloseTo(1 / (1 + Math.exp(-4)), org.assertj.core.api.Assertions.within(1e-6));
    }

    @Test
    void rerank_decoder_isAskedByItsTemplate() throws Exception {
        assertThat(post("/rerank", "{\"model\":\"judge\",\"query\":\"f\",\"texts\":[\"f a\",\"a d\"]}")
                        .body())
                .isEqualTo("[{\"index\":1,\"score\":14.0},{\"index\":0,\"score\":8.0}]");
        String instructed = "{\"model\":\"judge\",\"query\":\"f\",\"texts\":[\"c\"],\"instruction\":\"a b c\"}";
        // One of the template's own, three of the instruction, and two.
        assertThat(post("/rerank", instructed).headers().firstValue("x-compute-tokens"))
                .contains("6");
        // The last words are cut of what is over 16 tokens.
        assertThat(answer("/rerank", "{\"model\":\"judge\",\"query\":\"f\",\"texts\":[\"" + "a ".repeat(20) + "d\"]}")
                        .at("/0/score")
                        .asDouble())
                .isEqualTo(8);
    }

    @Test
    void embedSparse_textsOfUnlikeLengths_haveTheirOwnTokens() throws Exception {
        JsonNode found = answer("/embed_sparse", "{\"inputs\":[\"a\",\"f f f c\"]}");
        assertThat(found.get(0).valueStream().map(weight -> weight.get("index").asInt()))
                .containsExactly(2, 3, 4);
        assertThat(found.get(1).valueStream().map(weight -> weight.get("index").asInt()))
                .containsExactly(2, 3, 6, 9);
        assertThat(found.at("/1/3/value").asDouble())
                .isCloseTo(Math.log(10), org.assertj.core.api.Assertions.within(1e-6));
        assertThat(post("/embed_sparse", "{\"inputs\":\"f f c\",\"top_k\":1,\"return_tokens\":true}")
                        .body())
                .contains("\"index\":9")
                .contains("\"token\":\"f\"");
        assertThat(answer("/embed_sparse", "{\"inputs\":\"f\",\"min_value\":1.2}")
                        .get(0)
                        .valueStream()
                        .map(weight -> weight.get("index").asInt()))
                .containsExactly(3, 9);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "/rerank|{\"query\":\"\",\"texts\":[\"a\"]}|400|`query` cannot be empty",
                "/rerank|{\"texts\":[\"a\"]}|422|`query` is needed",
                "/rerank|{\"query\":\"a\"}|422|`texts` is needed",
                "/rerank|{\"query\":\"a\",\"texts\":[]}|400|`texts` cannot be empty",
                "/rerank|{\"query\":\"a\",\"texts\":[1]}|422|`texts[0]` must be a string",
                "/rerank|{\"query\":\"a\",\"texts\":\"a\"}|422|`texts` must be a list of strings",
                "/rerank|{\"query\":\"a\",\"texts\":[\"b\"],\"instruction\":\"x\"}|422|takes none",
                "/rerank|{\"query\":\"a\",\"texts\":[\"b\"],\"model\":\"nli\"}|422|asks for a cross-encoder",
                "/rerank|{\"query\":\"a\",\"texts\":[\"b\"],\"model\":\"x\"}|404|does not exist",
                "/rerank|{\"query\":\"a\",\"texts\":[\"b\",\"a b c d e f a b c d e f a b\"],\"truncate\":false}|413|at most 16",
                "/v1/rerank|{\"query\":\"\",\"documents\":[\"a\"]}|400|`query` cannot be empty",
                "/v1/rerank|{\"query\":\"a\",\"documents\":[{\"txt\":\"a\"}]}|400|`documents[0].text` is needed",
                "/v1/rerank|{\"query\":\"a\",\"documents\":[7]}|400|`documents[0]` must be a string or an object",
                "/v2/rerank|{\"query\":\"a\",\"documents\":[\"a\"],\"top_n\":0}|400|`top_n` must be a whole number from 1",
                "/v2/rerank|{|400|the JSON ends too early",
                "/predict|{\"inputs\":[]}|400|`inputs` cannot be empty",
                "/predict|{\"inputs\":[[]]}|400|`inputs[0]` cannot be empty",
                "/predict|{\"inputs\":[\"a\",\"b\",\"c\"]}|422|has more than two strings",
                "/predict|{\"inputs\":[[\"a\"],\"b\"]}|422|`inputs[1]` must be a list of one string or two",
                "/predict|{\"inputs\":7}|422|`inputs` must be a string, a pair",
                "/predict|{\"inputs\":\"a\",\"model\":\"ranker\"}|422|asks for a classifier",
                "/classify|{\"texts\":[]}|400|`texts` cannot be empty",
                "/classify|{\"texts\":[\"a\"],\"labels\":[]}|400|`labels` cannot be empty",
                "/classify|{\"texts\":[\"a\"],\"labels\":[\"b\",\"b\"],\"model\":\"nli\"}|400|`labels[1]` is there twice",
                "/classify|{\"texts\":[\"a\"],\"labels\":[\"\"],\"model\":\"nli\"}|400|`labels[0]` cannot be empty",
                "/classify|{\"texts\":[\"a\"],\"labels\":[\"b\"]}|400|begins with \"entail\"",
                "/classify|{\"texts\":[[\"a\",\"b\"]],\"labels\":[\"b\"],\"model\":\"nli\"}|400|not a pair",
                "/classify|{\"texts\":[\"a\"],\"labels\":[\"b\"],\"hypothesis_template\":\"x\"}|400|must have {}",
                "/classify|{\"texts\":[\"a\"],\"multi_label\":true}|400|only of use with `labels`",
                "/classify|{\"texts\":[\"a\"],\"inputs\":1}|400|the field `inputs` is not known",
                "/embed_sparse|{\"inputs\":\"a\",\"model\":\"nli\"}|422|asks for a sparse-encoder",
                "/embed_sparse|{\"inputs\":\"a\",\"top_k\":0}|422|`top_k` must be a whole number from 1",
                "/embed_sparse|{\"inputs\":\"a\",\"input_type\":\"x\"}|422|query or document",
                "/embed_all|{\"inputs\":\"a\"}|424|multi-vector-encoder",
                "/embed_sparse|{\"inputs\":[]}|400|`inputs` cannot be empty",
                "/embed|{\"texts\":[\"a\"]}|424|sentence-encoder"
            })
    void badInput_isRefusedWithItsFieldInTheDialectsShape(String path, String body, int status, String message)
            throws Exception {
        HttpResponse<String> response = post(path, body);
        JsonNode answer = Json.of(response);
        String said = switch (path) {
            case "/v1/rerank", "/v2/rerank" -> answer.at("/message").asText();
            case "/classify", "/embed" -> answer.at("/error/message").asText();
            default -> answer.at("/error").asText();
        };
        assertThat(said).contains(message);
        assertThat(response.statusCode()).as(said).isEqualTo(status);
    }

    @Test
    void tooMuch_isRefusedWithItsBound() throws Exception {
        String many = "\"a\",".repeat(10_000) + "\"a\"";
        assertThat(post("/rerank", "{\"query\":\"a\",\"texts\":[" + many + "]}").statusCode())
                .isEqualTo(413);
        assertThat(post("/v2/rerank", "{\"query\":\"a\",\"documents\":[" + many + "]}")
                        .body())
                .contains("`documents` has more than 2048 entries");
        HttpResponse<String> label =
                post("/classify", "{\"texts\":[\"a\"],\"model\":\"nli\",\"labels\":[\"" + "l".repeat(10_000) + "\"]}");
        assertThat(label.statusCode()).isEqualTo(413);
        assertThat(label.body()).contains("`labels[0]` has 10000 characters, at most 1000");
        HttpResponse<String> judged = post(
                "/rerank",
                "{\"model\":\"judge\",\"query\":\"" + "q".repeat(150_000) + "\",\"texts\":[" + "\"a\",".repeat(40)
                        + "\"a\"]}");
        assertThat(judged.statusCode()).isEqualTo(413);
        assertThat(judged.body()).contains("`query` and each of `texts` make 6150000 characters");
        HttpResponse<String> repeated = post(
                "/classify",
                "{\"texts\":[\"" + "t".repeat(150_000) + "\"],\"model\":\"nli\",\"labels\":["
                        + IntStream.range(0, 30).mapToObj(i -> "\"" + i + "\"").collect(Collectors.joining(","))
                        + "]}");
        assertThat(repeated.statusCode()).isEqualTo(413);
        assertThat(repeated.body()).contains("`texts` and each of `labels` make 4500000 characters");
        StringBuilder labels = new StringBuilder("\"l\"");
        for (int i = 0; i < 2000; i++) {
            labels.append(",\"l").append(i).append('"');
        }
        assertThat(post("/classify", "{\"texts\":[\"a\",\"b\"],\"model\":\"nli\",\"labels\":[" + labels + "]}")
                        .body())
                .contains("make 4002 pairs, and at most 2048");
        assertThat(answer("/rerank", "{\"query\":\"a\",\"texts\":[\"b\"]}").size())
                .isEqualTo(1);
    }
}
