package phifleet.worker.http.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import io.vertx.core.http.HttpMethod;
import java.util.function.BiConsumer;
import phifleet.http.BodyPost;
import phifleet.http.Endpoint;
import phifleet.http.Route;
import phifleet.http.WorkPool;
import phifleet.http.dialect.Dialects;
import phifleet.http.json.JsonLimits;
import phifleet.inference.vision.decode.ImageDecoder;
import phifleet.worker.http.state.WorkerView;
import phifleet.worker.index.ImageIndexes;
import phifleet.worker.index.opensearch.OpenSearchCensus;
import phifleet.worker.index.opensearch.OpenSearchIndex;
import phifleet.worker.index.opensearch.OpenSearchSettings;

/** The routes of this room, and what they share on all event loops: the way of images, and the index. Thread-safe. */
public final class IngestRoutes implements AutoCloseable {
    private final WorkerView worker;
    private final JsonLimits limits;
    private final WorkPool pool;
    private final ImagePipeline pipeline;
    private final ImageIndexes indexes;

    /**
     * What all event loops share.
     *
     * @param limits within which a body is JSON; an image in it is a long text
     * @param decodeThreads of its own, that decode images
     */
    public IngestRoutes(
            IngestSettings settings,
            WorkerView worker,
            JsonLimits limits,
            WorkPool pool,
            ImageDecoder decoder,
            int decodeThreads,
            MeterRegistry registry) {
        this.worker = worker;
        this.limits = limits;
        this.pool = pool;
        this.indexes = indexes(settings);
        this.pipeline = new ImagePipeline(settings, indexes, decoder, decodeThreads, registry);
    }

    private static ImageIndexes indexes(IngestSettings settings) {
        OpenSearchSettings openSearch = settings.openSearch();
        if (openSearch != null) {
            return new ImageIndexes(
                    source -> OpenSearchIndex.open(openSearch, source), () -> OpenSearchCensus.filled(openSearch));
        }
        return settings.folder() == null
                ? ImageIndexes.none()
                : ImageIndexes.inFolder(settings.folder(), settings.quantised());
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
    }

    /** Ends when what was put into the index is in it. */
    @Override
    public void close() {
        pipeline.close();
        indexes.close();
    }
}
