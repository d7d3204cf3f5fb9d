package phifleet.worker.http.oip;

import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;

/**
 * The body of a load or an unload, in Triton's form: {@code {"parameters": {…}}}, or nothing. {@code unload_dependents} changes
 * nothing, as no model here depends on another.
 *
 * @param config the settings of the model, as JSON; null for those that it has
 */
record RepositoryRequest(@Nullable String config) {
    private static final RepositoryRequest NOTHING = new RepositoryRequest(null);
    private static final String PARAMETERS = "parameters";
    private static final String FILE = "file:";

    static RepositoryRequest read(byte[] body, RepositoryPath.Action action, JsonLimits limits) throws BadBody {
        if (body.length == 0) {
            return NOTHING;
        }
        try (JsonInput json = limits.open(body)) {
            json.openObject();
            RepositoryRequest request = NOTHING;
            String key;
            while ((key = json.nextField()) != null) {
                if (key.equals(PARAMETERS) && !json.isNull()) {
                    request = parameters(json, action);
                } else {
                    json.skip();
                }
            }
            json.end();
            return request;
        }
    }

    private static RepositoryRequest parameters(JsonInput json, RepositoryPath.Action action) throws BadBody {
        json.openNested(PARAMETERS);
        String config = null;
        String key;
        while ((key = json.nextField()) != null) {
            String field = PARAMETERS + "." + Excerpt.of(key);
            if (key.equals("unload_dependents")) {
                json.flag(field, false);
            } else if (key.equals("config") && action == RepositoryPath.Action.LOAD) {
                config = json.optionalText(field);
            } else if (key.startsWith(FILE)) {
                throw unsupported(field, "files are not taken in a request; put them into the model's folder");
            } else {
                throw unsupported(
                        field,
                        action == RepositoryPath.Action.LOAD
                                ? "load takes config and unload_dependents"
                                : "unload takes unload_dependents");
            }
        }
        return new RepositoryRequest(config);
    }

    private static BadBody unsupported(String field, String reason) {
        return BadBody.value(Problem.badRequest("not_supported", "`" + field + "` is not supported: " + reason, field));
    }
}
