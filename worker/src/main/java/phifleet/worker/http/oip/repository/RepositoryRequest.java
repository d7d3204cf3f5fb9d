package phifleet.worker.http.oip.repository;

import org.jspecify.annotations.Nullable;
import phifleet.common.FleetChange;
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
public record RepositoryRequest(@Nullable String config) {
    public static final String PARAMETERS = "parameters";
    private static final String FILE = "file:";
    private static final String UNLOAD_DEPENDENTS = "unload_dependents";

    /** The parameter with the model's settings. */
    public static final String CONFIG = "config";

    public static RepositoryRequest read(byte[] body, FleetChange.Action action, JsonLimits limits) throws BadBody {
        if (body.length == 0) {
            return new RepositoryRequest(null);
        }
        Draft draft = new Draft(action);
        limits.readObject(body, draft::field);
        return new RepositoryRequest(draft.config);
    }

    private static final class Draft {
        private final FleetChange.Action action;
        private @Nullable String config;

        Draft(FleetChange.Action action) {
            this.action = action;
        }

        void field(String field, JsonInput json) throws BadBody {
            if (!field.equals(PARAMETERS) || json.isNull()) {
                json.skip();
                return;
            }
            json.openNested(PARAMETERS);
            config = null;
            String key;
            while ((key = json.nextField()) != null) {
                require(key, action);
                if (key.equals(CONFIG)) {
                    config = json.optionalText(PARAMETERS + "." + CONFIG);
                } else {
                    json.flag(PARAMETERS + "." + UNLOAD_DEPENDENTS, false);
                }
            }
        }
    }

    /** Refuses a parameter that the action does not take. */
    public static void require(String parameter, FleetChange.Action action) throws BadBody {
        String field = PARAMETERS + "." + Excerpt.of(parameter);
        if (parameter.startsWith(FILE)) {
            throw unsupported(field, "files are not taken in a request; put them into the model's folder");
        }
        if (!parameter.equals(UNLOAD_DEPENDENTS)
                && !(parameter.equals(CONFIG) && action != FleetChange.Action.UNLOAD)) {
            throw unsupported(
                    field,
                    switch (action) {
                        case LOAD -> "load takes config and unload_dependents";
                        case UNLOAD -> "unload takes unload_dependents";
                        case WEIGHTS -> "weights take config";
                    });
        }
    }

    private static BadBody unsupported(String field, String reason) {
        return BadBody.value(Problem.badRequest("not_supported", "`" + field + "` is not supported: " + reason, field));
    }
}
