package phifleet.gateway.http.operator;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetChange;
import phifleet.common.ModelRoutes;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.PathNames;
import phifleet.http.Route;

/** Loads and unloads that were done through this gateway, on one worker or all, told as actions once they have ended. */
public record RepositoryActions(FleetActions actions) {
    private static final String WORKERS = "/workers/";
    private static final String CALL = "/RepositoryModel";

    /** Takes a request that has ended; whatever it asked for. */
    public void ended(Exchange exchange, int status, @Nullable Problem problem) {
        if (exchange.route().access() != Route.Access.ADMIN) {
            return;
        }
        boolean partly = problem != null && problem.code().equals(FleetModels.NOT_ON_ALL);
        if (status == 200 || partly) {
            tell(String.valueOf(exchange.request().path()), partly ? ", not on all workers" : "");
        }
    }

    private void tell(String path, String suffix) {
        int repository = path.indexOf(ModelRoutes.REPOSITORY);
        if (repository >= 0) {
            String[] parts =
                    path.substring(repository + ModelRoutes.REPOSITORY.length()).split("/", -1);
            Optional<FleetChange.Action> action =
                    parts.length == 2 ? FleetChange.Action.labelled(parts[1]) : Optional.empty();
            action.ifPresent(done -> actions.done(
                    FleetAction.ADMIN,
                    done.label(),
                    worker(path),
                    PathNames.decode(parts[0]).orElse(parts[0]) + suffix));
        } else if (path.contains(CALL)) {
            // Its message has the name, and is not read a second time for it.
            actions.done(
                    FleetAction.ADMIN, path.endsWith("Unload") ? "unload" : "load", null, "a model, by gRPC" + suffix);
        }
    }

    private static @Nullable String worker(String path) {
        return path.startsWith(WORKERS) ? path.substring(WORKERS.length(), path.indexOf('/', WORKERS.length())) : null;
    }
}
