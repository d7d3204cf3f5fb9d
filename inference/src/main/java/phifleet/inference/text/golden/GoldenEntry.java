package phifleet.inference.text.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import phifleet.inference.ServedModel;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.SparseVector;
import phifleet.inference.model.Vector;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.Reranker;
import phifleet.inference.text.SparseEncoder;
import phifleet.inference.text.TextClassifier;
import phifleet.inference.text.entity.Entity;
import phifleet.inference.text.entity.EntityExtractor;

/**
 * One request with its known answer.
 *
 * @param known the answer's numbers by their names
 * @param whole whether an answer has no others, so that what is not known should be 0
 * @param reading from what the network gives to an answer's numbers by their names
 */
record GoldenEntry(Encoding.Encoded encoded, Map<String, Double> known, boolean whole, Reading reading) {

    /** Of an answer's numbers by their names. */
    @FunctionalInterface
    interface Reading {
        Map<String, Double> of(List<?> outputs);
    }

    /**
     * Reads an entry.
     *
     * @param where names the file and the entry
     */
    static GoldenEntry of(String where, JsonNode entry, ServedModel served) throws ModelException {
        return switch (served) {
            case Reranker reranker -> ranking(where, entry, reranker);
            case TextClassifier classifier -> labels(where, entry, classifier);
            case SparseEncoder encoder -> weights(where, entry, encoder);
            case EntityExtractor extractor -> entities(where, entry, extractor);
            default ->
                throw new ModelException(where + " cannot be asked of a "
                        + served.description().task().label());
        };
    }

    private static GoldenEntry ranking(String where, JsonNode entry, Reranker model) throws ModelException {
        List<String> texts = texts(entry.path("texts"));
        JsonNode scores = entry.path("scores");
        if (!entry.path("query").isTextual() || texts.isEmpty() || scores.size() != texts.size()) {
            throw new ModelException(where + " needs a query, texts and as many scores, not " + entry);
        }
        Reranker.Question question = new Reranker.Question(
                entry.path("query").asText(), texts, null, 0, true, EncodeOptions.Direction.USUAL);
        Map<String, Double> known = new LinkedHashMap<>();
        for (int i = 0; i < texts.size(); i++) {
            known.put("text " + i, number(where, scores.path(i)));
        }
        Encoding.Encoded encoded = encoded(where, model.encode(question));
        return new GoldenEntry(encoded, known, true, outputs -> {
            List<Float> found = model.scores(encoded, all(outputs, Vector.class), false);
            Map<String, Double> answer = new LinkedHashMap<>();
            for (int i = 0; i < found.size(); i++) {
                answer.put("text " + i, found.get(i).doubleValue());
            }
            return answer;
        });
    }

    private static GoldenEntry labels(String where, JsonNode entry, TextClassifier model) throws ModelException {
        JsonNode scores = entry.path("scores");
        if (!entry.path("text").isTextual() || !scores.isObject() || scores.isEmpty()) {
            throw new ModelException(where + " needs a text and scores by label, not " + entry);
        }
        List<String> labels = model.task().labels();
        Map<String, Double> known = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> score : scores.properties()) {
            if (!labels.contains(score.getKey())) {
                throw new ModelException(where + ": the model has no label " + score.getKey() + ", only " + labels);
            }
            known.put(score.getKey(), number(where, score.getValue()));
        }
        String pair =
                entry.path("text_pair").isTextual() ? entry.path("text_pair").asText() : null;
        TextClassifier.Input input = new TextClassifier.Input(entry.path("text").asText(), pair);
        TextClassifier.Options options = new TextClassifier.Options(false, true, EncodeOptions.Direction.USUAL);
        return new GoldenEntry(encoded(where, model.encode(List.of(input), options)), known, false, outputs -> {
            float[] found = model.task()
                    .activation()
                    .apply(all(outputs, Vector.class).getFirst().values());
            Map<String, Double> answer = new LinkedHashMap<>();
            for (int i = 0; i < found.length; i++) {
                answer.put(labels.get(i), (double) found[i]);
            }
            return answer;
        });
    }

    private static GoldenEntry weights(String where, JsonNode entry, SparseEncoder model) throws ModelException {
        JsonNode sparse = entry.path("sparse");
        if (!entry.path("text").isTextual() || !sparse.isArray()) {
            throw new ModelException(where + " needs a text and sparse, a list of {index, value}, not " + entry);
        }
        Map<String, Double> known = new LinkedHashMap<>();
        for (JsonNode weight : sparse) {
            known.put("token " + weight.path("index").asText(), number(where, weight.path("value")));
        }
        Encoding encoding = model.encode(List.of(entry.path("text").asText()), true, EncodeOptions.Direction.USUAL);
        return new GoldenEntry(encoded(where, encoding), known, true, outputs -> {
            SparseVector found = all(outputs, SparseVector.class).getFirst();
            Map<String, Double> answer = new LinkedHashMap<>();
            for (int i = 0; i < found.size(); i++) {
                answer.put("token " + found.index(i), (double) found.value(i));
            }
            return answer;
        });
    }

    private static GoldenEntry entities(String where, JsonNode entry, EntityExtractor model) throws ModelException {
        JsonNode entities = entry.path("entities");
        if (!entry.path("text").isTextual() || !entities.isArray()) {
            throw new ModelException(
                    where + " needs a text and entities, a list of {label, start, end, score}, not " + entry);
        }
        Map<String, Double> known = new LinkedHashMap<>();
        for (JsonNode entity : entities) {
            String key = name(
                    entity.path("label").asText(),
                    entity.path("start").asInt(),
                    entity.path("end").asInt());
            known.put(key, number(where, entity.path("score")));
        }
        EntityExtractor.Wanted wanted =
                new EntityExtractor.Wanted(texts(entry.path("labels")), null, null, null, null, false);
        EntityExtractor.Unfit unfit = model.unfit(wanted);
        if (unfit != null) {
            throw new ModelException(where + ": " + unfit.field() + " " + unfit.reason());
        }
        Encoding.Encoded encoded =
                encoded(where, model.encode(List.of(entry.path("text").asText()), wanted));
        return new GoldenEntry(encoded, known, true, outputs -> {
            Map<String, Double> answer = new LinkedHashMap<>();
            for (Entity entity : model.entities(1, wanted, encoded, all(outputs, Vector.class))
                    .getFirst()) {
                answer.put(name(entity.label(), entity.start(), entity.stop()), (double) entity.score());
            }
            return answer;
        });
    }

    private static String name(String label, int start, int end) {
        return label + " " + start + " to " + end;
    }

    private static Encoding.Encoded encoded(String where, Encoding encoding) throws ModelException {
        return switch (encoding) {
            case Encoding.Encoded encoded -> encoded;
            case Encoding.Rejected rejected ->
                throw new ModelException(where + " is none that the model takes: " + rejected.reason());
        };
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        list.forEach(text -> texts.add(text.asText()));
        return texts;
    }

    private static double number(String where, JsonNode number) throws ModelException {
        if (!number.isNumber()) {
            throw new ModelException(where + " has " + number + " where a number must be");
        }
        return number.doubleValue();
    }

    private static <T> List<T> all(List<?> outputs, Class<T> type) {
        return outputs.stream().<T>map(type::cast).toList();
    }
}
