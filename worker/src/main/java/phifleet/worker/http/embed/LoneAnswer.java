package phifleet.worker.http.embed;

import phifleet.http.json.JsonOutput;
import phifleet.inference.text.VectorType;

/** {@code {"embedding":[f],"model","dimension","tokens","processing_time_ms"}}, for a text that stood outside of a list. */
final class LoneAnswer implements EmbedAnswer {
    static final LoneAnswer ANSWER = new LoneAnswer();

    private LoneAnswer() {}

    @Override
    public void head(EmbedResult result, JsonOutput out) {
        out.beginObject();
    }

    @Override
    public void item(EmbedResult result, int index, JsonOutput out) {
        out.member("embedding").numbers(result.vector(index).values());
    }

    @Override
    public void tail(EmbedResult result, JsonOutput out) {
        NativeAnswer.describe(result, VectorType.FLOAT32, out);
        out.endObject();
    }
}
