package phifleet.worker.http.embed;

import phifleet.http.json.JsonOutput;

/** {@code {"embeddings":[[f]],"model","dimension","tokens","processing_time_ms"}}. */
final class NativeAnswer implements EmbedAnswer {
    static final NativeAnswer ANSWER = new NativeAnswer();

    private NativeAnswer() {}

    @Override
    public void head(EmbedResult result, JsonOutput out) {
        out.beginObject().member("embeddings").beginList();
    }

    @Override
    public void item(EmbedResult result, int index, JsonOutput out) {
        out.numbers(result.vector(index).values());
    }

    @Override
    public void tail(EmbedResult result, JsonOutput out) {
        out.endList();
        describe(result, out);
        out.endObject();
    }

    /** What is said beside the vectors. */
    static void describe(EmbedResult result, JsonOutput out) {
        out.member("model").string(result.encoder().description().id());
        out.member("dimension").number(result.dimensions());
        out.member("tokens").number(result.encoded().tokens());
        out.member("processing_time_ms").millis(System.nanoTime() - result.startNanos());
    }
}
