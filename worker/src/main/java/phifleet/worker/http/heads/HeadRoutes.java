package phifleet.worker.http.heads;

import java.util.function.BiConsumer;
import java.util.function.ObjLongConsumer;
import phifleet.http.Endpoint;
import phifleet.http.Route;
import phifleet.http.endpoint.BodyPost;
import phifleet.http.endpoint.JsonPost;
import phifleet.http.endpoint.WorkPool;
import phifleet.http.json.JsonLimits;
import phifleet.worker.http.image.PairedWork;
import phifleet.worker.http.lane.TextPredictions;
import phifleet.worker.http.state.WorkerView;

/** The routes of this room, a line each. */
public final class HeadRoutes {
    private final WorkerView worker;
    private final JsonLimits limits;
    private final WorkPool pool;
    private final ObjLongConsumer<String> tokenized;
    private final PairedWork pairs;

    /**
     * For one event loop.
     *
     * @param pool for large requests and answers
     * @param tokenized hears which model's texts were tokenised, and in how many nanoseconds
     * @param pairs for requests with images
     */
    public HeadRoutes(
            WorkerView worker, JsonLimits limits, WorkPool pool, ObjLongConsumer<String> tokenized, PairedWork pairs) {
        this.pairs = pairs;
        this.worker = worker;
        this.limits = limits;
        this.pool = pool;
        this.tokenized = tokenized;
    }

    /**
     * Adds the routes of every head.
     *
     * @param embed what {@code POST /} is where it asks for none of these heads
     * @param pictures what it is with an image to classify or to find things in
     */
    public void addTo(BiConsumer<Route, Endpoint> router, BodyPost.Preparation embed, BodyPost.Preparation pictures) {
        HeadPreparation rerank = preparation(new RerankParser(RerankParser.Dialect.TEI, limits));
        router.accept(Route.post("/rerank"), json(rerank));
        router.accept(
                Route.post("/v1/rerank"), json(preparation(new RerankParser(RerankParser.Dialect.COHERE_1, limits))));
        router.accept(
                Route.post("/v2/rerank"), json(preparation(new RerankParser(RerankParser.Dialect.COHERE_2, limits))));
        router.accept(Route.post("/predict"), json(preparation(new TeiPredictParser(false, limits))));
        router.accept(Route.post("/classify"), json(preparation(new ClassifyParser(limits))));
        router.accept(Route.post("/extract"), json(preparation(new ExtractParser(limits))));
        router.accept(Route.post("/embed_all"), json(preparation(new MultiVectorParser(limits))));
        router.accept(Route.post("/embed_sparse"), json(preparation(new SparseParser(limits))));
        router.accept(
                Route.post("/"),
                new JsonPost(
                        DefaultPreparation.MEDIA,
                        new DefaultPreparation(
                                embed,
                                rerank,
                                preparation(new TeiPredictParser(true, limits)),
                                preparation(new TokenClassificationParser(limits)),
                                preparation(new HubImageParser(limits)),
                                pictures,
                                limits,
                                worker.states()),
                        JsonPost.INLINE_BYTES,
                        pool,
                        limits));
    }

    /** Of {@code POST /embed} where it asks for other outputs than one vector a text. */
    public BodyPost.Preparation outputs() {
        return preparation(new OutputsParser(limits));
    }

    /** What {@code /predict/{model}} is for models of this room. */
    public TextPredictions predictions() {
        return new HeadPredictions(preparation(new ClassifyParser(limits)), limits);
    }

    private HeadPreparation preparation(HeadParser parser) {
        return new HeadPreparation(parser, worker.states(), pool, tokenized, pairs);
    }

    private JsonPost json(BodyPost.Preparation preparation) {
        return new JsonPost(preparation, JsonPost.INLINE_BYTES, pool, limits);
    }
}
