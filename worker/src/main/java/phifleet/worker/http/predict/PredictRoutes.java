package phifleet.worker.http.predict;

import java.util.function.BiConsumer;
import phifleet.http.BodyPost;
import phifleet.http.Endpoint;
import phifleet.http.JsonPost;
import phifleet.http.Route;
import phifleet.http.WorkPool;
import phifleet.http.json.JsonLimits;
import phifleet.worker.http.state.WorkerView;

/**
 * The routes of this room.
 *
 * @param pool for large requests
 */
public record PredictRoutes(WorkerView worker, JsonLimits limits, WorkPool pool) {

    public void addTo(BiConsumer<Route, Endpoint> router) {
        router.accept(
                Route.post(PredictPreparation.PREFIX + "*"),
                new BodyPost(BodyPost.Media.ANY, new PredictPreparation(worker, limits), JsonPost.INLINE_BYTES, pool));
    }
}
