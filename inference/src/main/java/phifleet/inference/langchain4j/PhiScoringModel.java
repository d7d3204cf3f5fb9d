package phifleet.inference.langchain4j;

import dev.langchain4j.data.segment.TextSegment;
import dev.langchain4j.model.output.Response;
import dev.langchain4j.model.scoring.ScoringModel;
import java.util.List;
import phifleet.inference.local.LocalAnswer;
import phifleet.inference.local.LocalReranker;

/** A {@link LocalReranker} as LangChain4j's. Thread-safe; to close the reranker stays its owner's. */
public final class PhiScoringModel implements ScoringModel {
    private final LocalReranker reranker;

    public PhiScoringModel(LocalReranker reranker) {
        this.reranker = reranker;
    }

    @Override
    public Response<List<Double>> scoreAll(List<TextSegment> segments, String query) {
        List<String> texts = segments.stream().map(TextSegment::text).toList();
        LocalAnswer<Float> answer = Answers.on(reranker.submit(query, texts));
        return Response.from(
                answer.outputs().stream().map(Float::doubleValue).toList(), Answers.usage(answer.tokens()));
    }
}
