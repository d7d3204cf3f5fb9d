package phifleet.worker.http.oip.repository;

import java.util.Optional;
import phifleet.common.FleetChange;
import phifleet.http.PathNames;

/**
 * What a path below {@code /v2/repository/models/} asks for.
 *
 * @param model its name, decoded
 */
public record RepositoryPath(String model, FleetChange.Action action) {
    public static final String PREFIX = "/v2/repository/models/";

    /** Reads a path; empty where it has another form. */
    public static Optional<RepositoryPath> read(String path) {
        String[] parts =
                path.startsWith(PREFIX) ? path.substring(PREFIX.length()).split("/", -1) : new String[0];
        if (parts.length != 2 || parts[0].isEmpty()) {
            return Optional.empty();
        }
        Optional<FleetChange.Action> action = FleetChange.Action.labelled(parts[1]);
        return action.flatMap(wanted -> PathNames.decode(parts[0]).map(model -> new RepositoryPath(model, wanted)));
    }
}
