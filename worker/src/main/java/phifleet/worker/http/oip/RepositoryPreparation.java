package phifleet.worker.http.oip;

import java.time.Duration;
import java.util.concurrent.CompletionStage;
import phifleet.common.Problem;
import phifleet.http.BodyPost;
import phifleet.http.Exchange;
import phifleet.http.OpenInferenceProblems;
import phifleet.http.Problems;
import phifleet.http.Reply;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonLimits;
import phifleet.worker.http.state.ModelProblems;
import phifleet.worker.http.state.ModelRepository;
import phifleet.worker.http.state.WorkerView;

/** Loads and unloads models, in the words of Triton's model repository extension. */
record RepositoryPreparation(WorkerView worker, JsonLimits limits) implements BodyPost.Preparation {
    private static final Duration SOON = Duration.ofSeconds(5);

    @Override
    public Reply prepare(Exchange exchange, byte[] body) {
        RepositoryPath path =
                RepositoryPath.read(String.valueOf(exchange.request().path())).orElse(null);
        if (path == null) {
            return refused(Problems.notFound());
        }
        try {
            RepositoryRequest request = RepositoryRequest.read(body, path.action(), limits);
            return asked -> change(asked, path, request);
        } catch (BadBody e) {
            return refused(e.problem());
        }
    }

    private void change(Exchange exchange, RepositoryPath path, RepositoryRequest request) {
        if (!worker.state().isReady()) {
            exchange.refuse(ModelProblems.notReady(worker.state()));
            return;
        }
        ModelRepository models = worker.repository();
        CompletionStage<ModelRepository.Change> asked = switch (path.action()) {
            case LOAD -> models.load(path.model(), request.config());
            case UNLOAD -> models.unload(path.model());
        };
        CompletionStage<ModelRepository.Change> unused = asked.whenComplete((change, failure) -> exchange.runLater(() -> {
            if (failure == null) {
                answer(exchange, path, change);
            } else {
                exchange.fail(failure);
            }
        }));
    }

    private void answer(Exchange exchange, RepositoryPath path, ModelRepository.Change change) {
        String name = Excerpt.of(path.model());
        switch (change) {
            case ModelRepository.Change.Done() -> exchange.answerEmpty(200);
            case ModelRepository.Change.Unknown() -> exchange.refuse(unknown(path, name));
            case ModelRepository.Change.Failed(String reason) ->
                exchange.refuse(Problem.badRequest(
                        "model_not_loaded", "load failed for model '" + name + "': " + reason, "model"));
            case ModelRepository.Change.NotNow() ->
                exchange.refuse(
                        worker.state().isReady()
                                ? new Problem(503, "busy", "the worker is stopping", null, SOON)
                                : ModelProblems.notReady(worker.state()));
        }
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
            case UNLOAD -> ModelProblems.unknownModel(path.model(), worker.state());
        };
    }

    private static Reply refused(Problem problem) {
        return new Reply.Refused(problem, OpenInferenceProblems.SHAPE);
    }
}
