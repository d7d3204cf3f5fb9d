package phifleet.worker.http.heads;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.http.json.JsonOutput;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.Reranker;

/** How a dialect writes ranks. */
enum RankAnswer {
    TEI(null),
    COHERE_1("1"),
    COHERE_2("2");

    /** Of Cohere's API; null for another's. */
    private final @Nullable String version;

    RankAnswer(@Nullable String version) {
        this.version = version;
    }

    void write(
            RerankQuestion question,
            Reranker encoder,
            Encoding.Encoded encoded,
            List<Ranked> ranked,
            String requestId,
            JsonOutput out) {
        if (version == null) {
            ranks(question, ranked, out);
        } else {
            results(version, question, encoder, encoded, ranked, requestId, out);
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
