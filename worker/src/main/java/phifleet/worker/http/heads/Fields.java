package phifleet.worker.http.heads;

import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;

/** Fields that several of these requests have. */
final class Fields {
    private Fields() {}

    static Problem tooLong(String field, int length, int most) {
        return Problem.of(
                413,
                "text_too_long",
                "`" + field + "` has " + length + " characters, at most " + most + " are taken",
                field);
    }

    /** Whether texts are queries, for models that tell them from documents: {@code query}, {@code document} or null. */
    static boolean isQuery(String field, JsonInput json) throws BadBody {
        @Nullable String text = json.optionalText(field);
        return switch (text == null ? "document" : text) {
            case "query" -> true;
            case "document" -> false;
            default -> throw json.mismatch(field, -1, "query or document");
        };
    }
}
