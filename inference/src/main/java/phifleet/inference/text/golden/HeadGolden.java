package phifleet.inference.text.golden;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import phifleet.inference.ServedModel;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.TokenSequence;

/**
 * Requests to a model with a head whose answers are known from another implementation, as its routes give them: a model that does not
 * reproduce them must not serve.
 *
 * <p>The form is a JSON list, whose entries are by the model's task
 * <ul>
 *   <li>rankings {@code {"query": "…", "texts": ["…"], "scores": [f]}},
 *   <li>labels {@code {"text": "…", "text_pair": "…", "scores": {"label": f}}}, of which a pair and some labels may be left out,
 *   <li>weights {@code {"text": "…", "sparse": [{"index": n, "value": f}]}}, all of a text,
 *   <li>entities {@code {"text": "…", "labels": ["…"], "entities": [{"label": "…", "start": n, "end": n, "score": f}]}}, all of a text, in
 *       code points; labels where the model takes them.
 * </ul>
 *
 * <p>How like an answer is to the known one is {@code 1 − ‖a − b‖² / 2‖b‖²} over its numbers, which is the cosine where both have one
 * length, but never less than −1.
 */
public final class HeadGolden {
    private final String name;
    private final List<GoldenEntry> entries;

    private HeadGolden(String name, List<GoldenEntry> entries) {
        this.name = name;
        this.entries = List.copyOf(entries);
    }

    /**
     * Reads known answers and tokenises what is asked.
     *
     * @param name names the file in errors
     * @throws ModelException if it has another form, or asks for what the model does not do
     */
    public static HeadGolden read(byte[] json, String name, ServedModel served) throws ModelException {
        try {
            JsonNode root = new JsonMapper().readTree(json);
            if (!root.isArray() || root.isEmpty()) {
                throw new ModelException(name + " must be a list of entries");
            }
            List<GoldenEntry> entries = new ArrayList<>();
            for (JsonNode entry : root) {
                entries.add(GoldenEntry.of(name + ": entry " + entries.size(), entry, served));
            }
            return new HeadGolden(name, entries);
        } catch (IOException e) {
            throw ModelException.ofJson(name, e);
        }
    }

    public int size() {
        return entries.size();
    }

    /**
     * Runs the requests one by one, on the calling thread.
     *
     * @param model the network with all that belongs behind it
     * @param least how like each answer must be
     * @return how like the worst is
     * @throws ModelException if one is less than that; the message says which number differs most
     */
    public double verify(String modelId, Model<TokenSequence, ?> model, double least) throws ModelException {
        double worst = 1;
        for (int place = 0; place < entries.size(); place++) {
            GoldenEntry entry = entries.get(place);
            List<Object> outputs = new ArrayList<>();
            for (TokenSequence sequence : entry.encoded().sequences()) {
                outputs.add(model.run(List.of(sequence)).getFirst());
            }
            Map<String, Double> found = entry.reading().of(outputs);
            double likeness = likeness(found, entry);
            if (!(likeness >= least)) {
                throw new ModelException(String.format(
                        Locale.ROOT,
                        "%s fails its golden check: the answer to entry %d in %s is like the known one by %.6f and needs %.4f; %s",
                        modelId,
                        place,
                        name,
                        likeness,
                        least,
                        largestDifference(found, entry)));
            }
            worst = Math.min(worst, likeness);
        }
        return worst;
    }

    private static double likeness(Map<String, Double> found, GoldenEntry entry) {
        double apart = 0;
        double length = 0;
        for (String key : keys(found, entry)) {
            double known = entry.known().getOrDefault(key, 0.0);
            double difference = found.getOrDefault(key, 0.0) - known;
            apart += difference * difference;
            length += known * known;
        }
        if (apart == 0) {
            return 1;
        }
        return length == 0 ? -1 : Math.max(-1, 1 - apart / length / 2);
    }

    private static String largestDifference(Map<String, Double> found, GoldenEntry entry) {
        String worst = "";
        double most = -1;
        for (String key : keys(found, entry)) {
            double difference =
                    Math.abs(found.getOrDefault(key, 0.0) - entry.known().getOrDefault(key, 0.0));
            if (!(difference <= most)) {
                most = difference;
                worst = key;
            }
        }
        return worst + " differs most: " + found.getOrDefault(worst, 0.0) + " in place of "
                + entry.known().getOrDefault(worst, 0.0);
    }

    private static Set<String> keys(Map<String, Double> found, GoldenEntry entry) {
        Set<String> keys = new HashSet<>(entry.known().keySet());
        if (entry.whole()) {
            keys.addAll(found.keySet());
        }
        return keys;
    }
}
