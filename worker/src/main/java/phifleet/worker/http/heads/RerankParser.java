package phifleet.worker.http.heads;

import com.fasterxml.jackson.core.JsonToken;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.dialect.CohereProblems;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.dialect.TeiProblems;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.text.EncodeOptions;
import phifleet.inference.text.Reranker;
import phifleet.worker.http.lane.TruncationDirection;

/** Reads what is to be ranked. Fields that these dialects do not know are ignored, as their own servers do. */
final class RerankParser implements HeadParser {
    private static final String QUERY = "query";

    private final Dialect dialect;
    private final JsonLimits limits;

    /** Who words the request. */
    enum Dialect {
        /** text-embeddings-inference's {@code /rerank}. */
        TEI("texts", RankAnswer.TEI),
        /** Cohere's first version, and Jina's. */
        COHERE_1("documents", RankAnswer.COHERE_1),
        COHERE_2("documents", RankAnswer.COHERE_2);

        private final String texts;
        private final RankAnswer answer;

        Dialect(String texts, RankAnswer answer) {
            this.texts = texts;
            this.answer = answer;
        }

        ProblemShape problems() {
            return switch (this) {
                case TEI -> TeiProblems.SHAPE;
                case COHERE_1, COHERE_2 -> CohereProblems.SHAPE;
            };
        }
    }

    RerankParser(Dialect dialect, JsonLimits limits) {
        this.dialect = dialect;
        this.limits = limits;
    }

    @Override
    public ProblemShape problems() {
        return dialect.problems();
    }

    @Override
    public RerankQuestion parse(byte[] body) throws BadBody {
        Draft draft = new Draft();
        limits.readObject(body, draft::field);
        return draft.finish();
    }

    private final class Draft {
        private @Nullable String query;
        private @Nullable List<String> texts;
        private @Nullable String model;
        private @Nullable String instruction;
        private boolean truncate = true;
        private EncodeOptions.Direction direction = EncodeOptions.Direction.USUAL;
        private boolean rawScores;
        private boolean returnsTexts;
        private int most = Integer.MAX_VALUE;
        private int maxTextTokens;

        void field(String field, JsonInput json) throws BadBody {
            switch (field) {
                case QUERY -> query = json.text(field);
                case "model" -> model = json.optionalText(field);
                case "instruction" -> instruction = json.optionalText(field);
                case "raw_scores" -> rawScores = json.flag(field, false);
                case "truncate" -> truncate = truncates(field, json);
                case "truncation_direction" -> direction = TruncationDirection.read(field, json);
                case "return_text", "return_documents" -> returnsTexts = json.flag(field, false);
                case "top_n" -> most = json.isNull() ? most : json.integer(field, -1, 1, Integer.MAX_VALUE);
                case "max_tokens_per_doc" ->
                    maxTextTokens = json.isNull() ? 0 : json.integer(field, -1, 1, Integer.MAX_VALUE);
                default -> {
                    if (field.equals(dialect.texts)) {
                        texts = dialect == Dialect.TEI
                                ? TextList.strings(json, field, limits)
                                : TextList.read(
                                        json,
                                        field,
                                        "a list of strings or of objects with a text",
                                        limits.maxTexts(),
                                        RerankParser::document);
                    } else {
                        json.skip();
                    }
                }
            }
        }

        private boolean truncates(String field, JsonInput json) throws BadBody {
            // Cohere's older clients say which end by it.
            return json.current() == JsonToken.VALUE_STRING ? !json.text(field).equals("NONE") : json.flag(field, true);
        }

        RerankQuestion finish() throws BadBody {
            Reranker.Question question = new Reranker.Question(
                    TextList.filled(query, QUERY),
                    TextList.needed(texts, dialect.texts, "a list of strings"),
                    instruction,
                    maxTextTokens,
                    truncate,
                    direction);
            return new RerankQuestion(
                    question, model, dialect.texts, rawScores, returnsTexts, most, dialect.answer, dialect.problems());
        }
    }

    /** A string, or an object whose {@code text} is one. */
    private static String document(JsonInput json, String field, int index) throws BadBody {
        if (json.current() == JsonToken.VALUE_STRING) {
            return json.text(field, index);
        }
        if (json.current() != JsonToken.START_OBJECT) {
            throw json.mismatch(field, index, "a string or an object with a text");
        }
        String place = JsonInput.path(field, index) + ".text";
        String text = null;
        for (String name = json.nextField(); name != null; name = json.nextField()) {
            if (name.equals("text")) {
                text = json.text(place);
            } else {
                json.skip();
            }
        }
        if (text == null) {
            throw BadBody.value(Problem.badRequest("missing_field", "`" + place + "` is needed: a string", place));
        }
        return text;
    }
}
