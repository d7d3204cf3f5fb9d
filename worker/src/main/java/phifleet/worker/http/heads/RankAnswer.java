package phifleet.worker.http.heads;

import java.util.Comparator;
import java.util.List;
import phifleet.http.json.JsonOutput;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.Reranker;

/** How a dialect writes ranks. */
enum RankAnswer {
    TEI,
    COHERE_1,
    COHERE_2,
    /** {@code {"scores","model"}}, in the order of the texts. */
    SCORES,
    /** {@code {"score","model"}}, of the one text. */
    SCORE;

    void write(
            RerankQuestion question,
            Reranker encoder,
            Encoding.Encoded encoded,
            List<Ranked> ranked,
            String requestId,
            JsonOutput out) {
        switch (this) {
            case TEI -> ranks(question, ranked, out);
            case COHERE_1 -> results("1", question, encoder, encoded, ranked, requestId, out);
            case COHERE_2 -> results("2", question, encoder, encoded, ranked, requestId, out);
            case SCORES -> {
                out.beginObject().member("scores").beginList();
                ranked.stream()
                        .sorted(Comparator.comparingInt(Ranked::index))
                        .forEach(text -> out.number(text.score()));
                out.endList().member("model").string(encoder.description().id()).endObject();
            }
            case SCORE -> {
                out.beginObject().member("score").number(ranked.getFirst().score());
                out.member("model").string(encoder.description().id()).endObject();
            }
        }
    }

    /** {@code [{"index","text"?,"score"}]}. */
    private static void ranks(RerankQuestion question, List<Ranked> ranked, JsonOutput out) {
        out.beginList();
        for (Ranked text : ranked) {
            out.beginObject().member("index").number(text.index());
            if (question.returnsTexts()) {
                out.member("text").string(question.question().texts().get(text.index()));
            }
            out.member("score").number(text.score()).endObject();
        }
        out.endList();
    }

    /** What Cohere's clients read, and what Jina's do. */
    private static void results(
            String version,
            RerankQuestion question,
            Reranker encoder,
            Encoding.Encoded encoded,
            List<Ranked> ranked,
            String requestId,
            JsonOutput out) {
        out.beginObject().member("id").string(requestId);
        out.member("model").string(encoder.description().id());
        out.member("results").beginList();
        for (Ranked text : ranked) {
            out.beginObject().member("index").number(text.index());
            out.member("relevance_score").number(text.score());
            if (question.returnsTexts()) {
                out.member("document").beginObject().member("text");
                out.string(question.question().texts().get(text.index())).endObject();
            }
            out.endObject();
        }
        out.endList().member("usage").beginObject();
        out.member("prompt_tokens").number(encoded.tokens());
        out.member("total_tokens").number(encoded.tokens()).endObject();
        out.member("meta").beginObject().member("api_version").beginObject();
        out.member("version").string(version).endObject();
        out.member("billed_units")
                .beginObject()
                .member("search_units")
                .number(1)
                .endObject();
        out.endObject().endObject();
    }
}
