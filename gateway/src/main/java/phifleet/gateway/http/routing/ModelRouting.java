package phifleet.gateway.http.routing;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import phifleet.common.ModelRoutes;
import phifleet.gateway.balance.BalancingPolicy;
import phifleet.gateway.balance.Candidates;
import phifleet.gateway.balance.FleetSnapshot;
import phifleet.gateway.balance.Worker;
import phifleet.gateway.balance.WorkerDirectory;

/** Which workers can take a request, by the model that it asks for, and which of them does. For one event loop. */
public final class ModelRouting {
    private final WorkerDirectory directory;
    private final BalancingPolicy policy;

    /**
     * What the choice needs to know of a request.
     *
     * @param path without the query
     * @param pinned the one worker that may answer; null where any may
     * @param beginning of the body, as it was meant
     * @param instead the model that it gets, where what it names stands for several; null elsewhere
     * @param version of the model that it is to have; null for any
     */
    public record Wanted(
            String path,
            MultiMap headers,
            @Nullable Worker pinned,
            Supplier<byte[]> beginning,
            @Nullable String instead,
            @Nullable String version) {
        /** The model that it names anywhere; null where it names none. */
        @Nullable
        public String model() {
            if (instead != null) {
                return instead;
            }
            if (GrpcModelName.isCall(path)) {
                return GrpcModelName.in(path, beginning.get());
            }
            String model = modelBeforeBody();
            return model == null && ModelName.isJson(headers) ? ModelName.inBody(beginning.get()) : model;
        }

        /** The model that its path or its head names; null where they name none. */
        @Nullable
        public String modelBeforeBody() {
            String model = instead == null ? ModelName.inPath(path) : instead;
            return model == null ? ModelName.inHead(headers) : model;
        }
    }

    public ModelRouting(WorkerDirectory directory, BalancingPolicy policy) {
        this.directory = directory;
        this.policy = policy;
    }

    /**
     * The worker for a request; null where none can take it now.
     *
     * @param tried those that failed it
     */
    @Nullable
    public Worker pick(Wanted wanted, List<Worker> tried) {
        Worker pinned = wanted.pinned();
        return pinned != null
                ? pinned
                : policy.pick(new Candidates(candidates(wanted, worker -> !tried.contains(worker)), tried));
    }

    /**
     * A worker that holds the model already, and has not been asked; null where there is none. Because one that loads a model has much
     * to do nobody else loads it too.
     */
    @Nullable
    public Worker another(Wanted wanted, List<Worker> asked) {
        return policy.pick(new Candidates(candidates(wanted, worker -> false), asked));
    }

    /** Whether there are workers for a request, but each has all that it may have. */
    public boolean full(Wanted wanted) {
        List<Worker> candidates = candidates(wanted, worker -> true);
        return !candidates.isEmpty() && candidates.stream().allMatch(worker -> worker.inFlight() >= worker.cap());
    }

    /** Those that hold the version; where none does all of them, since an answer of another is more than none. */
    private static List<Worker> ofVersion(List<Worker> holders, String model, String version) {
        List<Worker> exact = holders.stream()
                .filter(worker -> version.equals(worker.versionOf(model)))
                .toList();
        return exact.isEmpty() ? holders : exact;
    }

    /** @param usable those that could load a model which nobody holds */
    private List<Worker> candidates(Wanted wanted, Predicate<Worker> usable) {
        if (!GrpcModelName.isCall(wanted.path())) {
            return holding(wanted, usable);
        }
        return holding(wanted, usable.and(worker -> worker.grpcPort() > 0)).stream()
                .filter(worker -> worker.grpcPort() > 0)
                .toList();
    }

    private List<Worker> holding(Wanted wanted, Predicate<Worker> usable) {
        FleetSnapshot snapshot = directory.snapshot();
        String version = wanted.version();
        String named = version == null ? null : wanted.model();
        if (version != null && named != null) {
            return ofVersion(snapshot.holding(named, usable), named, version);
        }
        if (snapshot.uniform()) {
            return snapshot.eligible();
        }
        String model = wanted.model();
        if (model != null) {
            return snapshot.holding(model, usable);
        }
        if (wanted.path().equals(ModelRoutes.BARE)) {
            List<String> sees = PictureWish.kinds(
                    wanted.headers().get(HttpHeaders.CONTENT_TYPE),
                    wanted.beginning().get());
            if (!sees.isEmpty()) {
                return snapshot.holdingKind(sees, usable);
            }
        }
        List<String> asked = ModelName.isJson(wanted.headers())
                ? BodyWish.kinds(wanted.path(), wanted.beginning().get())
                : List.of();
        return asked.isEmpty()
                ? snapshot.holdingKind(ModelRoutes.kindsOf(wanted.path()), usable)
                : snapshot.holdingAllIn(asked);
    }
}
