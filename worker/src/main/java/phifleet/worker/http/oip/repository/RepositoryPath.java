package phifleet.worker.http.oip.repository;

import java.util.Optional;
import phifleet.common.FleetChange;
import phifleet.http.PathNames;

/**
 * What a path below {@code /v2/repository/models/} asks for.
 *
 * @param model its name, decoded
 */
public record RepositoryPath(String model, Action action) {
    public static final String PREFIX = "/v2/repository/models/";

    /** What is to be done with a model. */
    public enum Action {
        LOAD(FleetChange.Action.LOAD),
        UNLOAD(FleetChange.Action.UNLOAD);

        private final FleetChange.Action ofFleet;

        Action(FleetChange.Action ofFleet) {
            this.ofFleet = ofFleet;
        }

        FleetChange.Action ofFleet() {
            return ofFleet;
        }
    }

    /** Reads a path; empty where it has another form. */
    public static Optional<RepositoryPath> read(String path) {
        String[] parts =
                path.startsWith(PREFIX) ? path.substring(PREFIX.length()).split("/", -1) : new String[0];
        if (parts.length != 2 || parts[0].isEmpty()) {
            return Optional.empty();
        }
        Optional<Action> action = switch (parts[1]) {
            case "load" -> Optional.of(Action.LOAD);
            case "unload" -> Optional.of(Action.UNLOAD);
            default -> Optional.empty();
        };
        return action.flatMap(wanted -> PathNames.decode(parts[0]).map(model -> new RepositoryPath(model, wanted)));
    }
}
