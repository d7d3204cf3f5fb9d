package phifleet.worker.http.embed;

import java.util.List;
import phifleet.http.json.JsonOutput;
import phifleet.inference.text.VectorType;

/** {@code {"embeddings":[[f]],"model","dimension","output_dtype"?,"tokens","processing_time_ms"}}. */
record NativeAnswer(VectorType type) implements EmbedAnswer {

    @Override
    public List<VectorType> types() {
        return List.of(type);
    }

    @Override
    public boolean isVectorsAlone() {
        return true;
    }

    @Override
    public void head(EmbedResult result, JsonOutput out) {
        out.beginObject().member("embeddings").beginList();
    }

    @Override
    public void item(EmbedResult result, int index, JsonOutput out) {
        VectorNumbers.write(result.vector(index), type, result.ranges(), out);
    }

    @Override
    public void tail(EmbedResult result, JsonOutput out) {
        out.endList();
        describe(result, type, out);
        out.endObject();
    }

    /** What is said beside the vectors. */
    static void describe(EmbedResult result, VectorType type, JsonOutput out) {
        out.member("model").string(result.encoder().description().id());
        out.member("dimension").number(result.dimensions());
        if (type != VectorType.FLOAT32) {
            out.member("output_dtype").string(type.label());
        }
        out.member("tokens").number(result.encoded().tokens());
        out.member("processing_time_ms").millis(System.nanoTime() - result.startNanos());
    }
}
