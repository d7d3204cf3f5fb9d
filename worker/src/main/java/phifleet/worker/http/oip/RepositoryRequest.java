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
    static final String PARAMETERS = "parameters";
    private static final String FILE = "file:";
    private static final String UNLOAD_DEPENDENTS = "unload_dependents";

    /** The parameter with the model's settings. */
    static final String CONFIG = "config";

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
            require(key, action);
            if (key.equals(CONFIG)) {
                config = json.optionalText(PARAMETERS + "." + CONFIG);
            } else {
                json.flag(PARAMETERS + "." + UNLOAD_DEPENDENTS, false);
            }
        }
        return new RepositoryRequest(config);
    }

    /** Refuses a parameter that the action does not take. */
    static void require(String parameter, RepositoryPath.Action action) throws BadBody {
        String field = PARAMETERS + "." + Excerpt.of(parameter);
        if (parameter.startsWith(FILE)) {
            throw unsupported(field, "files are not taken in a request; put them into the model's folder");
        }
        if (!parameter.equals(UNLOAD_DEPENDENTS)
                && !(parameter.equals(CONFIG) && action == RepositoryPath.Action.LOAD)) {
            throw unsupported(
                    field,
                    action == RepositoryPath.Action.LOAD
                            ? "load takes config and unload_dependents"
                            : "unload takes unload_dependents");
        }
    }

    private static BadBody unsupported(String field, String reason) {
        return BadBody.value(Problem.badRequest("not_supported", "`" + field + "` is not supported: " + reason, field));
    }
}
