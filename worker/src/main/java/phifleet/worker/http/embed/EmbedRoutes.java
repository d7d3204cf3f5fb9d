package phifleet.worker.http.embed;

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
public final class EmbedRoutes {
    private final WorkerView worker;
    private final JsonLimits limits;
    private final WorkPool pool;
    private final ObjLongConsumer<String> tokenized;
    private final PairedWork pairs;
    private final int maxAnswerBytes;

    /**
     * For one event loop.
     *
     * @param pool for large requests
     * @param tokenized hears which model's texts were tokenised, and in how many nanoseconds
     * @param pairs for requests with images
     * @param maxAnswerBytes of what a tokenizer answers alone
     */
    public EmbedRoutes(
            WorkerView worker,
            JsonLimits limits,
            WorkPool pool,
            ObjLongConsumer<String> tokenized,
            PairedWork pairs,
            int maxAnswerBytes) {
        this.worker = worker;
        this.limits = limits;
        this.pool = pool;
        this.tokenized = tokenized;
        this.pairs = pairs;
        this.maxAnswerBytes = maxAnswerBytes;
    }

    /**
     * Adds the routes.
     *
     * @param outputs what {@code POST /embed} is where it asks for other outputs than one vector a text
     */
    public void addTo(BiConsumer<Route, Endpoint> router, BodyPost.Preparation outputs) {
        router.accept(
                Route.post("/embed"),
                json(new EmbedPreparation(
                        new EmbedRouteParser("/embed", limits), worker.states(), tokenized, pairs, outputs)));
        router.accept(Route.post("/v1/embeddings"), embed(new OpenAiParser(limits)));
        router.accept(Route.post("/embeddings"), embed(new OpenAiParser(limits)));
        router.accept(Route.post("/v1/embed"), embed(new CohereParser(1, limits)));
        router.accept(Route.post("/v2/embed"), embed(new CohereParser(2, limits)));
        router.accept(Route.post("/similarity"), embed(new SimilarityParser(limits)));
        router.accept(
                Route.post("/tokenize"),
                tokenizer((json, bounds) -> TokenizeRequest.read(json, bounds, maxAnswerBytes)));
        router.accept(Route.post("/decode"), tokenizer(DecodeRequest::read));
        router.accept(Route.get(ModelsEndpoint.PATH), new ModelsEndpoint(worker, ModelsEndpoint.Question.LIST));
        router.accept(Route.get(ModelsEndpoint.PATH + "/*"), new ModelsEndpoint(worker, ModelsEndpoint.Question.ONE));
    }

    /** Of {@code POST /}, where Hugging Face's clients send what they mean for a task's own path. */
    public BodyPost.Preparation defaults() {
        return preparation(new DefaultRouteParser(limits));
    }

    /** What {@code /predict/{model}} is for sentence encoders. */
    public TextPredictions predictions() {
        return new EncoderPredictions(preparation(new EmbedRouteParser("/embed", limits)), limits);
    }

    private JsonPost json(BodyPost.Preparation preparation) {
        return new JsonPost(preparation, JsonPost.INLINE_BYTES, pool, limits);
    }

    private JsonPost tokenizer(TokenizerPreparation.Reader reader) {
        return json(new TokenizerPreparation(limits, worker.states(), reader));
    }

    private JsonPost embed(EmbedParser parser) {
        return json(preparation(parser));
    }

    private EmbedPreparation preparation(EmbedParser parser) {
        return new EmbedPreparation(parser, worker.states(), tokenized, pairs);
    }
}
