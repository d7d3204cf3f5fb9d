package phifleet.worker.http.embed;

import phifleet.http.json.JsonOutput;
import phifleet.inference.text.Embeddings;

/** One cosine a sentence, against the source sentence, which is input 0. */
final class SimilarityAnswer implements EmbedAnswer {
    static final SimilarityAnswer ANSWER = new SimilarityAnswer();

    private SimilarityAnswer() {}

    @Override
    public int items(EmbedResult result) {
        return result.pooled().size() - 1;
    }

    @Override
    public void head(EmbedResult result, JsonOutput out) {
        out.beginList();
    }

    @Override
    public void item(EmbedResult result, int index, JsonOutput out) {
        out.number((float)
                Embeddings.cosine(result.pooled().getFirst(), result.pooled().get(index + 1)));
    }

    @Override
    public void tail(EmbedResult result, JsonOutput out) {
        out.endList();
    }
}
