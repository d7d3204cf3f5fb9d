package phifleet.worker.http.predict;

import java.util.function.BiConsumer;
import phifleet.http.BodyPost;
import phifleet.http.Endpoint;
import phifleet.http.Route;
import phifleet.http.WorkPool;
import phifleet.http.json.JsonLimits;
import phifleet.inference.vision.decode.ImageDecoder;
import phifleet.worker.http.lane.TextPredictions;
import phifleet.worker.http.state.WorkerView;
import phifleet.worker.http.tensor.TensorReplies;

/**
 * The routes of this room.
 *
 * @param limits within which a body is JSON; an image in it is a long text
 * @param texts for models of texts
 * @param reduce whether images need not have more detail than a model wants
 * @param decoding for all of its requests, and for images wherever they come from: small as files, they take their time
 * @param pool for its answers, so that a flood of images holds up none
 */
public record PredictRoutes(
        WorkerView worker,
        JsonLimits limits,
        TextPredictions texts,
        ImageDecoder decoder,
        boolean reduce,
        WorkPool decoding,
        WorkPool pool) {

    public void addTo(BiConsumer<Route, Endpoint> router) {
        router.accept(
                Route.post(PredictPreparation.PREFIX + ":model"),
                new BodyPost(
                        BodyPost.Media.ANY,
                        new PredictPreparation(
                                worker, limits, texts, new ImageReply(decoder, reduce, pool), new TensorReplies(pool)),
                        -1,
                        decoding));
    }
}
