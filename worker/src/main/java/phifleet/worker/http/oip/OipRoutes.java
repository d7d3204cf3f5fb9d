package phifleet.worker.http.oip;

import java.util.List;
import java.util.function.BiConsumer;
import phifleet.common.Problem;
import phifleet.http.Endpoint;
import phifleet.http.Route;
import phifleet.http.dialect.OpenInferenceProblems;
import phifleet.http.endpoint.BodyPost;
import phifleet.http.endpoint.JsonPost;
import phifleet.http.endpoint.Reply;
import phifleet.http.endpoint.WorkPool;
import phifleet.http.json.JsonLimits;
import phifleet.worker.http.oip.repository.RepositoryIndex;
import phifleet.worker.http.oip.repository.RepositoryPath;
import phifleet.worker.http.oip.repository.RepositoryPreparation;
import phifleet.worker.http.state.WorkerView;

/**
 * The routes of this room, a line each.
 *
 * @param pool for large requests
 */
public record OipRoutes(WorkerView worker, JsonLimits limits, WorkPool pool) {
    private static final List<String> MODELS =
            List.of(ModelPath.PREFIX + ":model", ModelPath.PREFIX + ":model/versions/:version");

    public void addTo(BiConsumer<Route, Endpoint> router) {
        router.accept(Route.get("/v2"), server(ServerEndpoint.Question.METADATA));
        router.accept(Route.get("/v2/health/live"), server(ServerEndpoint.Question.LIVE));
        router.accept(Route.get("/v2/health/ready"), server(ServerEndpoint.Question.READY));
        router.accept(Route.post("/v2/repository/index"), body(new RepositoryIndex(worker, limits)));
        BodyPost repository = body(new RepositoryPreparation(worker, limits));
        router.accept(Route.admin(RepositoryPath.PREFIX + ":model/load"), repository);
        router.accept(Route.admin(RepositoryPath.PREFIX + ":model/unload"), repository);
        router.accept(Route.admin(RepositoryPath.PREFIX + ":model/weights"), repository);
        ModelEndpoint model = new ModelEndpoint(worker);
        // First, since it looks like a model of this name.
        router.accept(Route.get(ModelPath.PREFIX + "stats"), model);
        for (String path : MODELS) {
            router.accept(Route.get(path), model);
            router.accept(Route.get(path + "/ready"), model);
            router.accept(Route.get(path + "/config"), model);
            router.accept(Route.get(path + "/stats"), model);
            router.accept(Route.post(path + "/infer"), body(new InferPreparation(worker, limits, pool)));
        }
        sharedMemory(router, "/v2/systemsharedmemory/*");
        sharedMemory(router, "/v2/cudasharedmemory/*");
    }

    private ServerEndpoint server(ServerEndpoint.Question question) {
        return new ServerEndpoint(worker, question);
    }

    private BodyPost body(BodyPost.Preparation preparation) {
        return new BodyPost(BodyPost.Media.ANY, preparation, JsonPost.INLINE_BYTES, pool);
    }

    private void sharedMemory(BiConsumer<Route, Endpoint> router, String path) {
        Problem problem = SharedMemory.REFUSAL;
        router.accept(Route.get(path), exchange -> exchange.refuse(problem));
        router.accept(
                Route.post(path), body((exchange, ignored) -> new Reply.Refused(problem, OpenInferenceProblems.SHAPE)));
    }
}
