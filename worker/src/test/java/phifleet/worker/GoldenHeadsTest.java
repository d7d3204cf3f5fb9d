package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import phifleet.inference.testing.SharedFiles;
import phifleet.inference.testing.Workbench;

/** Models with heads whose answers are known: those that the usual libraries gave, brought into the form of {@code golden:}. */
class GoldenHeadsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> HEADS = List.of(
            "ms-marco-minilm", "colbert-pylate", "emotion-distilbert", "splade-v3", "ner-bert-cased", "gliner-small");

    @TempDir
    private Path folder;

    private static Path model(String id) {
        return SharedFiles.file("models/heads").resolve(id).toAbsolutePath().normalize();
    }

    private String entry(String id, JsonNode golden) throws Exception {
        Path file = Files.writeString(folder.resolve(id + ".json"), golden.toString());
        return "  - {id: " + id + ", path: " + model(id) + ", golden: " + file + "}\n";
    }

    private static WorkerUnderTest start(String entries) throws Exception {
        return WorkerUnderTest.start(Workbench.cache(), "models:\n" + entries, Map.of());
    }

    /** The first two of the model's cases that have an answer of the head's own. */
    private static ArrayNode golden(String id) throws Exception {
        ArrayNode golden = JSON.createArrayNode();
        for (JsonNode one :
                JSON.readTree(model(id).resolve("golden.json").toFile()).at("/cases")) {
            JsonNode asked = one.path("request");
            JsonNode expected = one.path("expected");
            ObjectNode entry = JSON.createObjectNode();
            if (asked.has("texts") && expected.has("scores")) {
                entry.set("query", asked.path("query"));
                entry.set("texts", asked.path("texts"));
                entry.set("scores", expected.path("scores"));
            } else if (expected.has("scores") && asked.path("inputs").isTextual()) {
                entry.set("text", asked.path("inputs"));
                ObjectNode scores = entry.putObject("scores");
                expected.path("scores")
                        .forEach(score -> scores.set(score.path("label").asText(), score.path("score")));
            } else if (expected.has("sparse")) {
                entry.set("text", asked.path("inputs"));
                ArrayNode weights = entry.putArray("sparse");
                expected.path("sparse").forEach(weight -> {
                    ObjectNode kept = weights.addObject();
                    kept.set("index", weight.path(0));
                    kept.set("value", weight.path(1));
                });
            } else if (expected.has("simple") || expected.has("flat")) {
                entry.set("text", asked.path(asked.has("text") ? "text" : "inputs"));
                if (asked.has("labels")) {
                    entry.set("labels", asked.path("labels"));
                }
                ArrayNode entities = entry.putArray("entities");
                expected.path(expected.has("simple") ? "simple" : "flat").forEach(entity -> {
                    ObjectNode found = entities.addObject();
                    found.set("label", entity.path(entity.has("label") ? "label" : "entity_group"));
                    found.set("start", entity.path("start"));
                    found.set("end", entity.path("end"));
                    found.set("score", entity.path("score"));
                });
            } else {
                continue;
            }
            golden.add(entry);
            if (golden.size() == 2) {
                break;
            }
        }
        assertThat(golden).as(id).hasSize(2);
        return golden;
    }

    private static String get(WorkerUnderTest worker, String path) throws Exception {
        return HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(worker.uri().resolve(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    @Test
    void load_answersAsKnown_servesAndSaysWhatItWasHeldAgainst() throws Exception {
        StringBuilder entries = new StringBuilder();
        for (String id : HEADS) {
            entries.append(entry(id, golden(id)));
        }
        try (WorkerUnderTest worker = start(entries.toString())) {
            List<String> answers = List.of("scores", "scores", "labels", "weights", "entities", "entities");
            JsonNode models = JSON.readTree(get(worker, "/info")).path("models");
            String metrics = get(worker, "/metrics");
            for (int i = 0; i < HEADS.size(); i++) {
                String id = HEADS.get(i);
                JsonNode golden = models.path(i).path("golden");
                assertThat(golden.path("answers").asText()).as(id).isEqualTo(answers.get(i));
                assertThat(golden.path("file").asText()).endsWith(id + ".json");
                assertThat(golden.path("count").asInt()).isEqualTo(2);
                assertThat(golden.path("cosine").asDouble()).isBetween(0.9999, 1.0);
                assertThat(golden.path("least").asDouble()).isEqualTo(0.9999);
                assertThat(metrics.lines())
                        .anyMatch(line -> line.startsWith("embedding_drift_cosine{")
                                && line.contains(id)
                                && !line.endsWith("NaN"));
            }
            HttpRequest index = HttpRequest.newBuilder(worker.uri().resolve("/v2/repository/index"))
                    .POST(HttpRequest.BodyPublishers.noBody())
                    .build();
            JsonNode listed = JSON.readTree(HttpClient.newHttpClient()
                    .send(index, HttpResponse.BodyHandlers.ofString())
                    .body());
            assertThat(listed).hasSize(HEADS.size());
            assertThat(listed)
                    .allSatisfy(one -> assertThat(one.path("golden").asText())
                            .startsWith("held against 2 ")
                            .endsWith(", at least 0.9999"));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "ms-marco-minilm, /0/scores, 1, text 1 differs most",
        "colbert-pylate, /1/scores, 0, text 0 differs most",
        "emotion-distilbert, /0/scores, anger, anger differs most",
        "splade-v3, /0/sparse/3, value, differs most: ",
        "ner-bert-cased, /0/entities/0, score, differs most: ",
        "gliner-small, /0/entities/0, start, differs most: "
    })
    void load_anotherAnswer_isRefused(String id, String at, String key, String message) throws Exception {
        ArrayNode golden = golden(id);
        JsonNode holder = golden.at(at);
        double moved = holder.isArray()
                ? holder.path(Integer.parseInt(key)).doubleValue() * 2 + 1
                : holder.path(key).doubleValue() * 2 + 1;
        if (holder instanceof ArrayNode list) {
            list.set(Integer.parseInt(key), list.numberNode(moved));
        } else if (holder instanceof ObjectNode object) {
            object.put(key, moved);
        }
        assertThatThrownBy(() -> start(entry(id, golden)))
                .hasStackTraceContaining(id + " fails its golden check: the answer to entry " + at.charAt(1) + " in ")
                .hasStackTraceContaining(message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ms-marco-minilm | {} | must be a list of entries",
                "ms-marco-minilm | [] | must be a list of entries",
                "ms-marco-minilm | [{\"query\": \"a\", \"texts\": [\"b\"], \"scores\": []}] | entry 0 needs a query, texts and as many scores",
                "ms-marco-minilm | [{\"query\": \"a\", \"texts\": [\"b\"], \"scores\": [\"c\"]}] | entry 0 has \"c\" where a number must be",
                "emotion-distilbert | [{\"text\": \"a\", \"scores\": {\"gloom\": 1}}] | the model has no label gloom, only [sadness, ",
                "ner-bert-cased | [{\"text\": \"a\", \"labels\": [\"X\"], \"entities\": []}] | entry 0: labels is none of the labels",
                "splade-v3 | [{\"text\": \"a\"}] | entry 0 needs a text and sparse",
                "splade-v3 | [{ | it is not valid JSON"
            })
    void load_fileThatIsNoneOfTheHeads_isRefusedWithWhatItNeeds(String id, String json, String message)
            throws Exception {
        Path file = Files.writeString(folder.resolve("golden.json"), json);
        String entry = "  - {id: " + id + ", path: " + model(id) + ", golden: " + file + "}\n";
        assertThatThrownBy(() -> start(entry))
                .hasStackTraceContaining("golden.json")
                .hasStackTraceContaining(message);
    }
}
