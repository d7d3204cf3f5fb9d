package phifleet.worker.http.embed;

import phifleet.http.json.JsonOutput;

/** {@code {"embeddings":[[f]],"model","dimension","tokens","processing_time_ms"}}. */
final class NativeAnswer implements EmbedAnswer {
    static final NativeAnswer ANSWER = new NativeAnswer();

    private NativeAnswer() {}

    @Override
    public void head(EmbedResult result, JsonOutput out) {
        out.raw("{\"embeddings\":[");
    }

    @Override
    public void item(EmbedResult result, int index, JsonOutput out) {
        out.numbers(result.vector(index).values());
    }

    @Override
    public void tail(EmbedResult result, JsonOutput out) {
        out.raw("],\"model\":").string(result.encoder().description().id());
        out.raw(",\"dimension\":").number(result.dimensions());
        out.raw(",\"tokens\":").number(result.encoded().tokens());
        out.raw(",\"processing_time_ms\":").millis(System.nanoTime() - result.startNanos());
        out.raw('}');
    }
}
