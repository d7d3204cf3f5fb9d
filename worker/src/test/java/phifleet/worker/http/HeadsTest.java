package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
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
        return ApiDescription.checked(CLIENT.send(request, HttpResponse.BodyHandlers.ofString()));
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
    void openInference_givesWhatTheHeadsOwnRoutesGive() throws Exception {
        JsonNode ranks = answer("/v2/models/ranker/infer", ranked("f f", "e", "c", "a b"));
        assertThat(ranks.at("/outputs/0").toString())
                .isEqualTo("{\"name\":\"scores\",\"datatype\":\"FP32\",\"shape\":[3],\"data\":[8.0,6.0,5.0]}");
        JsonNode labels = answer("/predict", "{\"model\":\"classifier\",\"inputs\":[[\"a b\"],[\"f\"]]}");
        String texts = tensors("text", "a b", "f");
        JsonNode scores = answer("/v2/models/labels/infer", texts);
        assertThat(scores.at("/outputs/0/shape").toString()).isEqualTo("[2,3]");
        JsonNode named = answer(
                "/v2/models/labels/infer",
                texts.substring(0, texts.length() - 1)
                        + ",\"outputs\":[{\"name\":\"scores\",\"parameters\":{\"classification\":1}}]}");
        for (int row = 0; row < 2; row++) {
            JsonNode best = labels.get(row).get(0);
            assertThat(named.at("/outputs/0/data").get(row).asText())
                    .endsWith(":" + best.at("/label").asText());
            int place = row * 3 + "xyz".indexOf(best.at("/label").asText());
            assertThat(scores.at("/outputs/0/data").get(place).floatValue())
                    .isEqualTo(best.at("/score").floatValue());
        }
        JsonNode weights = answer("/v2/models/sparse/infer", tensors("text", "a", "f f"));
        JsonNode sparse = answer("/embed_sparse", "{\"inputs\":[\"a\",\"f f\"]}");
        int at = 0;
        for (int row = 0; row < 2; row++) {
            for (JsonNode weight : sparse.get(row)) {
                assertThat(weights.at("/outputs/0/data").get(at).asInt()).isEqualTo(row);
                assertThat(weights.at("/outputs/1/data").get(at).asInt())
                        .isEqualTo(weight.at("/index").asInt());
                assertThat(weights.at("/outputs/2/data").get(at++).floatValue())
                        .isEqualTo(weight.at("/value").floatValue());
            }
        }
        assertThat(weights.at("/outputs/2/shape/0").asInt()).isEqualTo(at).isPositive();
    }

    @Test
    void openInference_headsAreReadyAndRefuseWhatDoesNotFit() throws Exception {
        for (String model : List.of("ranker", "classifier", "nli", "sparse", "judge")) {
            HttpRequest ready = HttpRequest.newBuilder(worker.uri().resolve("/v2/models/" + model + "/ready"))
                    .build();
            assertThat(CLIENT.send(ready, HttpResponse.BodyHandlers.ofString()).statusCode())
                    .isEqualTo(200);
        }
        String two = "{\"inputs\":[" + tensor("query", "a", "b") + "," + tensor("text", "a") + "]}";
        HttpResponse<String> refused = post("/v2/models/ranker/infer", two);
        assertThat(refused.statusCode()).as(refused.body()).isEqualTo(400);
        assertThat(refused.body()).contains("input 'query' must be one text, and has 2");
        HttpResponse<String> repeated = post(
                "/v2/models/judge/infer",
                ranked("q".repeat(150_000), "a ".repeat(40).split(" ")));
        assertThat(repeated.statusCode()).isEqualTo(413);
        assertThat(repeated.body()).contains("`query` and each of `text` make 6000000 characters");
    }

    /** What a cross-encoder is asked. */
    private static String ranked(String text, String... texts) {
        return "{\"inputs\":[" + tensor("query", text) + "," + tensor("text", texts) + "]}";
    }

    private static String tensors(String name, String... texts) {
        return "{\"inputs\":[" + tensor(name, texts) + "]}";
    }

    private static String tensor(String name, String... texts) {
        return "{\"name\":\"" + name + "\",\"shape\":[" + texts.length + "],\"datatype\":\"BYTES\",\"data\":[\""
                + String.join("\",\"", texts) + "\"]}";
    }

    @Test
    void predictModel_textsOfEachKind_haveItsAnswers() throws Exception {
        JsonNode ranks = answer("/predict/ranker", "{\"query\":\"f f\",\"texts\":[\"a b\",\"e\",\"c\"]}");
        assertThat(ranks.toString()).isEqualTo("{\"scores\":[5.0,8.0,6.0],\"model\":\"ranker\"}");
        assertThat(answer("/predict/ranker", "{\"query\":\"f f\",\"text\":\"e\"}")
                        .toString())
                .isEqualTo("{\"score\":8.0,\"model\":\"ranker\"}");
        JsonNode classified = answer("/classify", "{\"model\":\"nli\",\"texts\":[\"a b\",\"f\"],\"top_k\":2}");
        for (String field : List.of("texts", "inputs")) {
            JsonNode labels = answer("/predict/nli", "{\"" + field + "\":[\"a b\",\"f\"],\"top_k\":2}");
            assertThat(labels).isEqualTo(classified);
        }
        for (String field : List.of("text", "inputs")) {
            JsonNode one = answer("/predict/nli", "{\"" + field + "\":\"f\",\"top_k\":2}");
            assertThat(one.at("/predictions")).isEqualTo(classified.at("/predictions/1"));
        }
        JsonNode sparse = answer("/embed_sparse", "{\"inputs\":[\"a\",\"f f\"],\"top_k\":1}");
        JsonNode weights = answer("/predict/sparse", "{\"texts\":[\"a\",\"f f\"],\"top_k\":1}");
        assertThat(weights.at("/weights")).isEqualTo(sparse);
        assertThat(weights.at("/model").asText()).isEqualTo("sparse");
        assertThat(answer("/predict/sparse", "{\"text\":\"f f\",\"top_k\":1}").at("/weights"))
                .isEqualTo(sparse.get(1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "ranker|{\"texts\":[\"a\"]}|400|`query` is needed",
                "ranker|{\"query\":\"\",\"text\":\"a\"}|400|`query` cannot be empty",
                "ranker|{\"query\":\"a\",\"text\":\"a\",\"top_k\":1}|400|`top_k` is no field of a request to this model; there are text, texts, inputs, query, truncate, raw_scores",
                "nli|{\"text\":\"a\",\"query\":\"b\"}|400|`query` is no field",
                "nli|{\"text\":[\"a\"]}|400|`text` must be a string; a list of them is `texts`",
                "nli|{\"texts\":\"a\"}|400|`texts` must be a list of strings",
                "nli|{\"inputs\":7}|400|`inputs` must be a string or a list of strings",
                "nli|{\"text\":\"a\",\"inputs\":\"b\"}|400|`text` and `inputs` are both given",
                "nli|{\"texts\":[]}|400|`texts` cannot be empty",
                "nli|{\"texts\":[\"a\",7]}|400|`texts[1]`",
                "nli|{}|400|`text` is needed",
                "nli|{\"text\":\"a b c d e f a b c d e f a b c\",\"truncate\":false}|413|at most 16",
                "sparse|{\"text\":\"a\",\"top_k\":0}|400|`top_k` must be a whole number from 1",
                "sparse|{\"text\":|400|the JSON ends too early",
                "judge|{\"query\":\"a\",\"text\":\"b\",\"image\":\"\"}|400|`image` is no field"
            })
    void predictModel_badTexts_areRefusedWithTheirField(String model, String body, int status, String message)
            throws Exception {
        HttpResponse<String> response = post("/predict/" + model, body);
        assertThat(Json.of(response).at("/error/message").asText()).contains(message);
        assertThat(response.statusCode()).isEqualTo(status);
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
                "/predict|{\"inputs\":\"a\",\"parameters\":{\"candidate_labels\":[]}}|400|`parameters.candidate_labels` cannot be empty",
                "/predict|{\"inputs\":\"a\",\"parameters\":{\"candidate_labels\":\"b,\"}}|400|`parameters.candidate_labels[1]` cannot be empty",
                "/predict|{\"inputs\":\"a\",\"parameters\":{\"candidate_labels\":[\"b\"]}}|422|begins with \"entail\"",
                "/predict|{\"inputs\":[[\"a\",\"b\"]],\"parameters\":{\"candidate_labels\":[\"b\"]}}|422|must be one text",
                "/predict|{\"inputs\":\"a\",\"parameters\":{\"candidate_labels\":[\"b\"],\"hypothesis_template\":\"x\"}}|422|must have {}",
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
