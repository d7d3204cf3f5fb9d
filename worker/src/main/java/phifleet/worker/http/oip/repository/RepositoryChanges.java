package phifleet.worker.http.oip.repository;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetChange;
import phifleet.common.FleetChanges;
import phifleet.common.FleetHeaders;
import phifleet.common.Problem;
import phifleet.http.Exchange;
import phifleet.http.dialect.ProblemShape;
import phifleet.http.json.Excerpt;
import phifleet.inference.Catalogue;
import phifleet.inference.ServedModel;
import phifleet.worker.http.state.ModelProblems;
import phifleet.worker.http.state.ModelRepository;
import phifleet.worker.http.state.WorkerView;

/** Loads and unloads models, in the words of Triton's model repository extension, whatever carries them. */
public record RepositoryChanges(WorkerView worker) {
    private static final Duration SOON = Duration.ofSeconds(5);

    private static final Problem WEIGHTS_ELSEWHERE = Problem.badRequest(
            "not_supported",
            "weights are kept here for gateways, and set at one of them: PUT /fleet/models/{model}/weights",
            "model");

    /**
     * Makes a change and answers.
     *
     * @param config the settings of the model, as JSON; null for those that it has
     * @param shape how it is refused
     * @param done answers on the exchange's event loop
     */
    public void make(
            Exchange exchange, RepositoryPath path, @Nullable String config, ProblemShape shape, Runnable done) {
        String stamp = exchange.request().getHeader(FleetHeaders.CHANGE);
        if (path.action() == FleetChange.Action.WEIGHTS && (stamp == null || !FleetChange.isStamp(stamp))) {
            exchange.refuse(WEIGHTS_ELSEWHERE, shape);
            return;
        }
        CompletionStage<Optional<Problem>> outcome = stamp != null && FleetChange.isStamp(stamp)
                ? asAll(new FleetChange(stamp, subject(path), path.action(), config), path)
                : outcome(path, config);
        outcome.whenComplete((problem, failure) -> exchange.runLater(() -> {
            if (failure != null) {
                exchange.fail(failure);
            } else if (problem.isPresent()) {
                exchange.refuse(problem.get(), shape);
            } else {
                done.run();
            }
        }));
    }

    /** What all workers do: once, and not after what was asked for later. */
    private CompletionStage<Optional<Problem>> asAll(FleetChange change, RepositoryPath path) {
        FleetChanges known = worker.repository().changes();
        if (known.covers(change)) {
            return CompletableFuture.completedStage(Optional.empty());
        }
        return outcome(path, change.config()).thenApply(problem -> {
            if (problem.isEmpty()) {
                known.add(change);
            }
            return problem;
        });
    }

    /** What is kept for gateways stands under the name that requests have. */
    private String subject(RepositoryPath path) {
        return switch (path.action()) {
            case LOAD, UNLOAD -> id(path.model());
            case WEIGHTS -> path.model();
        };
    }

    /** Of the model that serves under a name; else that name. */
    private String id(String name) {
        return worker.state().models().find(name, ServedModel.class)
                        instanceof Catalogue.Found.Model<ServedModel>(ServedModel model)
                ? model.description().id()
                : name;
    }

    private CompletionStage<Optional<Problem>> outcome(RepositoryPath path, @Nullable String config) {
        if (!worker.state().isReady()) {
            return CompletableFuture.completedStage(Optional.of(ModelProblems.notReady(worker.state())));
        }
        ModelRepository models = worker.repository();
        return (switch (path.action()) {
                    case LOAD -> models.load(path.model(), config);
                    case UNLOAD -> models.unload(path.model());
                    case WEIGHTS ->
                        CompletableFuture.<ModelRepository.Change>completedStage(new ModelRepository.Change.Done());
                })
                .thenApply(change -> problem(path, change));
    }

    private Optional<Problem> problem(RepositoryPath path, ModelRepository.Change change) {
        String name = Excerpt.of(path.model());
        return switch (change) {
            case ModelRepository.Change.Done() -> Optional.empty();
            case ModelRepository.Change.Unknown() -> Optional.of(unknown(path, name));
            case ModelRepository.Change.Failed(String reason) ->
                Optional.of(Problem.badRequest(
                        "model_not_loaded", "load failed for model '" + name + "': " + reason, "model"));
            case ModelRepository.Change.NotNow() ->
                Optional.of(
                        worker.state().isReady()
                                ? new Problem(503, "busy", "the worker is stopping", null, SOON)
                                : ModelProblems.notReady(worker.state()));
        };
    }

    private Problem unknown(RepositoryPath path, String name) {
        return switch (path.action()) {
            case LOAD ->
                Problem.of(
                        404,
                        "model_not_found",
                        "failed to load '" + name + "', failed to poll from model repository: nothing is known"
                                + " of this name",
                        "model");
            case UNLOAD, WEIGHTS -> ModelProblems.unknownModel(path.model(), worker.state());
        };
    }
}
