package phifleet.inference.langchain4j;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import java.util.List;
import phifleet.inference.local.Answer;
import phifleet.inference.local.LocalReranker;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.Reranker;

/** A {@link LocalReranker} as LangChain4j's. Thread-safe; to close the reranker stays its owner's. */
public final class PhiScoringModel implements ScoringModel {
    private final LocalReranker reranker;

    public PhiScoringModel(LocalReranker reranker) {
        this.reranker = reranker;
    }

    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        List<String> texts = segments.stream().map(TextSegment::text).toList();
        Answer<Float> answer = Waiting.on(
                reranker.submit(new Reranker.Question(query, texts, null, 0, true, EncodeOptions.Direction.RIGHT)));
        return Response.from(
                answer.outputs().stream().map(Float::doubleValue).toList(), Waiting.usage(answer.tokens()));
    }
}
