package phifleet.worker.http.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpMethod;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import phifleet.common.IndexRoutes;
import phifleet.common.WorkerCard;
import phifleet.http.Endpoint;
import phifleet.http.Route;
import phifleet.http.caller.ApiKey;
import phifleet.http.dialect.Dialects;
import phifleet.http.endpoint.BodyPost;
import phifleet.http.endpoint.WorkPool;
import phifleet.http.json.JsonLimits;
import phifleet.inference.vision.decode.ImageDecoder;
import phifleet.worker.http.ingest.pipeline.Gate;
import phifleet.worker.http.ingest.pipeline.ImagePipeline;
import phifleet.worker.http.ingest.pipeline.IngestSettings;
import phifleet.worker.http.state.WorkerView;
import phifleet.worker.index.ImageIndexes;
import phifleet.worker.index.IndexException;
import phifleet.worker.index.IndexState;
import phifleet.worker.index.VectorSource;
import phifleet.worker.index.opensearch.OpenSearchCensus;
import phifleet.worker.index.opensearch.OpenSearchIndex;
import phifleet.worker.index.opensearch.OpenSearchSettings;
import phifleet.worker.index.spread.Keeper;
import phifleet.worker.index.spread.Keepers;
import phifleet.worker.index.spread.PartCalls;
import phifleet.worker.index.spread.PartSeal;
import phifleet.worker.index.spread.PartService;
import phifleet.worker.index.spread.Reunion;
import phifleet.worker.index.spread.SpreadIndex;

/** The routes of this room, and what they share on all event loops: the way of images, and the index. Thread-safe. */
public final class IngestRoutes implements AutoCloseable {
    private final WorkerView worker;
    private final JsonLimits limits;
    private final WorkPool pool;
    private final ImagePipeline pipeline;
    private final ImageIndexes indexes;
    private final Keepers keepers;
    private final PartSeal seal;
    private final @Nullable Parts parts;

    /** What a worker has that keeps a part of an index: its own, the way to the others, and what is done when they come. */
    private record Parts(ImageIndexes own, PartCalls calls, Reunion reunion) {}

    /**
     * What all event loops share.
     *
     * @param key that members of a fleet without a secret show each other; null where there is none
     * @param limits within which a body is JSON; an image in it is a long text
     * @param decodeThreads of its own, that decode images
     */
    public IngestRoutes(
            IngestSettings settings,
            @Nullable ApiKey key,
            WorkerView worker,
            JsonLimits limits,
            WorkPool pool,
            ImageDecoder decoder,
            int decodeThreads,
            MeterRegistry registry) {
        this.worker = worker;
        this.limits = limits;
        this.pool = pool;
        this.keepers = new Keepers(worker.identity().id());
        this.seal = new PartSeal(
                worker.identity().secret(), key == null ? null : key.authorization(), System::currentTimeMillis);
        Gate gate = new Gate(settings.inHand());
        Parts own = settings.parts() ? parts(indexes(settings, gate), keepers, new PartCalls(seal)) : null;
        this.parts = own;
        this.indexes = own == null ? indexes(settings, gate) : spread(own, keepers);
        this.pipeline = new ImagePipeline(settings, gate, indexes, decoder, decodeThreads, registry);
    }

    private static Parts parts(ImageIndexes own, Keepers keepers, PartCalls calls) {
        return new Parts(own, calls, new Reunion(own, keepers, calls));
    }

    private static ImageIndexes spread(Parts parts, Keepers keepers) {
        return new ImageIndexes(
                source -> new SpreadIndex(parts.own().of(source), source, keepers, parts.calls()),
                new ImageIndexes.Census() {
                    @Override
                    public List<IndexState> filled() throws IndexException {
                        return parts.own().filled();
                    }

                    @Override
                    public boolean mayHave(VectorSource source) {
                        // Others may.
                        return true;
                    }
                });
    }

    /** Who else keeps a part of the index, by all workers that the fleet has now. */
    public void keepers(List<WorkerCard> workers) {
        keepers.are(workers.stream()
                .filter(card -> card.models().contains(IndexRoutes.PART))
                .map(card -> new Keeper(card.id(), card.url()))
                .toList());
        if (parts != null) {
            parts.reunion().changed();
        }
    }

    private static ImageIndexes indexes(IngestSettings settings, Gate gate) {
        OpenSearchSettings openSearch = settings.openSearch();
        if (openSearch != null) {
            return new ImageIndexes(
                    source -> OpenSearchIndex.open(openSearch, source), () -> OpenSearchCensus.filled(openSearch));
        }
        return settings.folder() == null
                ? ImageIndexes.none()
                : ImageIndexes.inFolder(settings.folder(), settings.quantised(), gate::within);
    }

    public void addTo(BiConsumer<Route, Endpoint> router) {
        router.accept(Route.post("/ingest"), new IngestEndpoint(worker, pipeline, limits, pool));
        router.accept(
                Route.post("/search"),
                new BodyPost(BodyPost.Media.ANY, new SearchPreparation(worker, pipeline, limits), -1, pool));
        String image = ImageEndpoint.PREFIX + ":image";
        ImageEndpoint images = new ImageEndpoint(worker, pipeline);
        router.accept(Route.get(image), images);
        router.accept(new Route(HttpMethod.DELETE, image, Dialects.of(image), Route.Access.KEY), images);
        router.accept(Route.get("/index"), new IndexEndpoint(worker, pipeline));
        PartEndpoint part =
                new PartEndpoint(worker.identity().id(), seal, parts == null ? null : new PartService(parts.own()));
        router.accept(PartEndpoint.route(seal), new BodyPost(BodyPost.Media.JSON, part, -1, pool));
    }

    /** Ends when what was put into the index is in it. */
    @Override
    public void close() {
        pipeline.close();
        if (parts != null) {
            parts.reunion().close();
        }
        indexes.close();
        if (parts != null) {
            parts.own().close();
            parts.calls().close();
        }
    }
}
