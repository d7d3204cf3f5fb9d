package phifleet.worker.http.heads;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import phifleet.http.json.JsonOutput;

/**
 * One label of a text.
 *
 * @param index the label's number
 */
record Predicted(String label, int index, float score) {

    /**
     * The best first; of equal ones the one of the lower number.
     *
     * @param most how many are kept
     * @param least the least score that is kept
     */
    static List<Predicted> best(List<String> labels, float[] scores, int most, float least) {
        return IntStream.range(0, scores.length)
                .mapToObj(index -> new Predicted(labels.get(index), index, scores[index]))
                .filter(label -> label.score() >= least)
                .sorted(Comparator.comparingDouble(Predicted::score).reversed())
                .limit(most)
                .toList();
    }

    /** {@code [{"score","label"}]}, as text-embeddings-inference writes it. */
    static void writeTei(List<Predicted> labels, JsonOutput out) {
        out.beginList();
        for (Predicted label : labels) {
            out.beginObject().member("score").number(label.score());
            out.member("label").string(label.label()).endObject();
        }
        out.endList();
    }

    /** {@code {"predictions":[[{"label","index","score"}]],"model"}}. */
    static void writeNative(List<List<Predicted>> texts, String model, JsonOutput out) {
        out.beginObject().member("predictions").beginList();
        texts.forEach(labels -> writeLabels(labels, out));
        out.endList().member("model").string(model).endObject();
    }

    /** {@code {"predictions":[{"label","index","score"}],"model"}}, as an image is classified. */
    static void writeNativeOne(List<Predicted> labels, String model, JsonOutput out) {
        writeLabels(labels, out.beginObject().member("predictions"));
        out.member("model").string(model).endObject();
    }

    private static void writeLabels(List<Predicted> labels, JsonOutput out) {
        out.beginList();
        for (Predicted label : labels) {
            out.beginObject().member("label").string(label.label());
            out.member("index").number(label.index());
            out.member("score").number(label.score()).endObject();
        }
        out.endList();
    }
}
