package phifleet.worker.http.predict;

import java.util.function.BiConsumer;
import phifleet.http.Endpoint;
import phifleet.http.Route;
import phifleet.http.endpoint.BodyPost;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.JsonLimits;
import phifleet.worker.http.image.ImageWork;
import phifleet.worker.http.lane.TextPredictions;
import phifleet.worker.http.state.WorkerView;
import phifleet.worker.http.tensor.TensorReplies;

/**
 * The routes of this room.
 *
 * @param limits within which a body is JSON; an image in it is a long text
 * @param texts for models of texts
 * @param images for all of its requests, and for images wherever they come from: small as files, they take their time
 */
public record PredictRoutes(WorkerView worker, JsonLimits limits, TextPredictions texts, ImageWork images) {

    /** Of {@code POST /} with an image and no labels of the caller's own: it takes its time, and is for a pool of its own. */
    public BodyPost.Preparation bare() {
        HubPictures pictures = new HubPictures(worker, limits, new ImageReply(images));
        return (exchange, body) -> new Reply.Further(images.decoding(), () -> pictures.prepare(exchange, body));
    }

    public void addTo(BiConsumer<Route, Endpoint> router) {
        router.accept(
                Route.post(PredictPreparation.PREFIX + ":model"),
                new BodyPost(
                        BodyPost.Media.ANY,
                        new PredictPreparation(
                                worker, limits, texts, new ImageReply(images), new TensorReplies(images.pool())),
                        -1,
                        images.decoding()));
    }
}
