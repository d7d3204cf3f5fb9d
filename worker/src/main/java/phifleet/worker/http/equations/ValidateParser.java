package phifleet.worker.http.equations;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.equations.Mode;
import phifleet.equations.ValidationRequest;
import phifleet.equations.Variable;
import phifleet.equations.grammar.Format;
import phifleet.http.dialect.Problems;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;

/** Reads the bodies of {@code /validate} and {@code /validate/batch}. Unknown fields are errors. Thread-safe. */
final class ValidateParser {
    /** Equations of one batch. */
    static final int MAX_BATCH = 10_000;

    private static final String EQUATION = "equation";
    private static final String EQUATIONS = "equations";
    private static final String OPTIONS = "mode, format, variables, assumptions, seed, timeout_ms";

    private final JsonLimits limits;

    ValidateParser(JsonLimits limits) {
        this.limits = limits;
    }

    /** One equation with its options. */
    ValidationRequest one(byte[] body) throws BadBody {
        try (JsonInput json = limits.open(body)) {
            json.openObject();
            Draft draft = new Draft();
            draft.read(json, "");
            json.end();
            return draft.finish(new Draft());
        }
    }

    /** A list of equations, each a string or an object as {@link #one} takes it; options beside the list are for all. */
    List<ValidationRequest> batch(byte[] body) throws BadBody {
        @Nullable List<Draft> drafts = null;
        Draft shared = new Draft();
        try (JsonInput json = limits.open(body)) {
            json.openObject();
            for (String field = json.nextField(); field != null; field = json.nextField()) {
                if (field.equals(EQUATIONS)) {
                    drafts = list(json);
                } else if (field.equals(EQUATION) || !shared.take(field, field, json)) {
                    throw unknown(field, EQUATIONS);
                }
            }
            json.end();
        }
        if (drafts == null) {
            throw BadBody.value(Problem.badRequest(
                    "missing_field", "`equations` is needed: a list of strings or objects", EQUATIONS));
        }
        List<ValidationRequest> requests = new ArrayList<>(drafts.size());
        for (Draft draft : drafts) {
            requests.add(draft.finish(shared));
        }
        return requests;
    }

    private List<Draft> list(JsonInput json) throws BadBody {
        if (json.current() != JsonToken.START_ARRAY) {
            throw json.mismatch(EQUATIONS, -1, "a list of strings or objects");
        }
        List<Draft> drafts = new ArrayList<>();
        while (json.next() != JsonToken.END_ARRAY) {
            if (drafts.size() == MAX_BATCH) {
                throw JsonInput.tooMany(EQUATIONS, MAX_BATCH);
            }
            String path = JsonInput.path(EQUATIONS, drafts.size());
            Draft draft = new Draft();
            switch (json.current()) {
                case VALUE_STRING -> draft.equation = json.text(path);
                case START_OBJECT -> draft.read(json, path + ".");
                default -> throw json.mismatch(path, -1, "a string or an object");
            }
            drafts.add(draft);
        }
        if (drafts.isEmpty()) {
            throw BadBody.value(Problems.empty(EQUATIONS));
        }
        return drafts;
    }

    private static BadBody unknown(String field, String own) {
        String name = Excerpt.of(field);
        return BadBody.value(Problem.badRequest(
                "unknown_field", "the field `" + name + "` is not known; here are " + own + ", " + OPTIONS, name));
    }

    static @Nullable Mode mode(String name, JsonInput json) throws BadBody {
        String text = json.optionalText(name);
        if (text == null) {
            return null;
        }
        Optional<Mode> mode = Mode.of(text);
        if (mode.isEmpty()) {
            throw json.mismatch(name, -1, "one of " + String.join(", ", Mode.texts()));
        }
        return mode.get();
    }

    static @Nullable Format format(String name, JsonInput json) throws BadBody {
        String text = json.optionalText(name);
        if (text == null) {
            return null;
        }
        for (Format format : Format.values()) {
            if (format.name().toLowerCase(Locale.ROOT).equals(text)) {
                return format;
            }
        }
        throw json.mismatch(name, -1, "one of auto, ascii, unicode, latex");
    }

    /** What was read so far; null is what was not given. */
    private static final class Draft {
        private String path = "";
        private @Nullable String equation;
        private @Nullable Mode mode;
        private @Nullable Format format;
        private @Nullable Map<String, Variable> variables;
        private @Nullable List<String> assumptions;
        private @Nullable Long seed;
        private @Nullable Integer timeoutMs;

        void read(JsonInput json, String prefix) throws BadBody {
            path = prefix;
            for (String field = json.nextField(); field != null; field = json.nextField()) {
                if (!take(field, prefix + field, json)) {
                    throw unknown(prefix + field, EQUATION);
                }
            }
        }

        /** False if there is no such field. */
        boolean take(String field, String name, JsonInput json) throws BadBody {
            switch (field) {
                case EQUATION -> equation = json.text(name);
                case "mode" -> mode = mode(name, json);
                case "format" -> format = format(name, json);
                case "variables" -> variables = variables(name, json);
                case "assumptions" -> assumptions = assumptions(name, json);
                case "seed" -> seed = json.isNull() ? null : json.integer64(name);
                case "timeout_ms" ->
                    timeoutMs = json.isNull()
                            ? null
                            : json.integer(
                                    name, -1, ValidationRequest.MIN_TIMEOUT_MS, ValidationRequest.MAX_TIMEOUT_MS);
                default -> {
                    return false;
                }
            }
            return true;
        }

        ValidationRequest finish(Draft shared) throws BadBody {
            if (equation == null) {
                throw BadBody.value(Problem.badRequest(
                        "missing_field", "`" + path + EQUATION + "` is needed: a string", path + EQUATION));
            }
            return new ValidationRequest(
                    equation,
                    first(mode, shared.mode, Mode.AUTO),
                    first(format, shared.format, Format.AUTO),
                    first(variables, shared.variables, Map.of()),
                    first(assumptions, shared.assumptions, List.of()),
                    first(seed, shared.seed, ValidationRequest.DEFAULT_SEED),
                    first(timeoutMs, shared.timeoutMs, ValidationRequest.DEFAULT_TIMEOUT_MS));
        }

        private static <T> T first(@Nullable T own, @Nullable T shared, T fallback) {
            return own != null ? own : shared != null ? shared : fallback;
        }

        private static @Nullable Map<String, Variable> variables(String name, JsonInput json) throws BadBody {
            if (json.isNull()) {
                return null;
            }
            json.openNested(name);
            Map<String, Variable> variables = new LinkedHashMap<>();
            for (String symbol = json.nextField(); symbol != null; symbol = json.nextField()) {
                refuseTooMany(name, variables.size());
                variables.put(symbol, variable(name + "." + symbol, json));
            }
            return variables;
        }

        private static Variable variable(String name, JsonInput json) throws BadBody {
            json.openNested(name);
            @Nullable String unit = null;
            @Nullable String domain = null;
            for (String field = json.nextField(); field != null; field = json.nextField()) {
                switch (field) {
                    case "unit" -> unit = json.optionalText(name + ".unit");
                    case "domain" -> domain = json.optionalText(name + ".domain");
                    default ->
                        throw BadBody.value(Problem.badRequest(
                                "unknown_field",
                                "the field `" + Excerpt.of(name + "." + field)
                                        + "` is not known; here are unit, domain",
                                Excerpt.of(name + "." + field)));
                }
            }
            return new Variable(unit, domain);
        }

        private static @Nullable List<String> assumptions(String name, JsonInput json) throws BadBody {
            if (json.isNull()) {
                return null;
            }
            if (json.current() != JsonToken.START_ARRAY) {
                throw json.mismatch(name, -1, "a list of strings");
            }
            List<String> assumptions = new ArrayList<>();
            while (json.next() != JsonToken.END_ARRAY) {
                refuseTooMany(name, assumptions.size());
                assumptions.add(json.text(name, assumptions.size()));
            }
            return assumptions;
        }

        private static void refuseTooMany(String name, int count) throws BadBody {
            if (count == ValidationRequest.MAX_DECLARATIONS) {
                throw JsonInput.tooMany(name, count);
            }
        }
    }
}
