package phifleet.worker.http.equations;

import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.equations.CurveRequest;
import phifleet.equations.Mode;
import phifleet.equations.grammar.Format;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;

/** Reads the bodies of {@code /validate/curve}. Unknown fields are errors. Thread-safe. */
final class CurveParser {
    private static final String EQUATION = "equation";

    private final JsonLimits limits;

    CurveParser(JsonLimits limits) {
        this.limits = limits;
    }

    CurveRequest read(byte[] body) throws BadBody {
        @Nullable String equation = null;
        @Nullable Format format = null;
        @Nullable Mode mode = null;
        @Nullable Double from = null;
        @Nullable Double to = null;
        int points = CurveRequest.DEFAULT_POINTS;
        try (JsonInput json = limits.open(body)) {
            json.openObject();
            for (String field = json.nextField(); field != null; field = json.nextField()) {
                switch (field) {
                    case EQUATION -> equation = json.text(field);
                    case "format" -> format = ValidateParser.format(field, json);
                    case "mode" -> mode = ValidateParser.mode(field, json);
                    case "from" -> from = json.isNull() ? null : json.float64(field, -1);
                    case "to" -> to = json.isNull() ? null : json.float64(field, -1);
                    case "points" -> points = json.integer(field, -1, CurveRequest.MIN_POINTS, CurveRequest.MAX_POINTS);
                    default -> throw unknown(field);
                }
            }
            json.end();
        }
        if (equation == null) {
            throw BadBody.value(Problem.badRequest("missing_field", "`equation` is needed: a string", EQUATION));
        }
        return new CurveRequest(
                equation,
                format == null ? Format.AUTO : format,
                mode == Mode.GOLDEN,
                from,
                to,
                points,
                CurveRequest.MAX_TIMEOUT_MS);
    }

    private static BadBody unknown(String field) {
        String name = Excerpt.of(field);
        return BadBody.value(Problem.badRequest(
                "unknown_field",
                "the field `" + name + "` is not known; here are equation, format, mode, from, to, points",
                name));
    }
}
