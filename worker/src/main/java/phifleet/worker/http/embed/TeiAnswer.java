package phifleet.worker.http.embed;

import phifleet.http.json.JsonOutput;

/** {@code [[f]]}, nested even for one input. */
final class TeiAnswer implements EmbedAnswer {
    static final TeiAnswer ANSWER = new TeiAnswer();

    private TeiAnswer() {}

    @Override
    public boolean isVectorsAlone() {
        return true;
    }

    @Override
    public void head(EmbedResult result, JsonOutput out) {
        out.beginList();
    }

    @Override
    public void item(EmbedResult result, int index, JsonOutput out) {
        out.numbers(result.vector(index).values());
    }

    @Override
    public void tail(EmbedResult result, JsonOutput out) {
        out.endList();
    }
}
