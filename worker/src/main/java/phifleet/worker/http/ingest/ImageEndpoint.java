package phifleet.worker.http.ingest;

import io.vertx.core.http.HttpMethod;
import java.util.concurrent.ExecutionException;
import phifleet.common.Problem;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.PathNames;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonOutput;
import phifleet.worker.http.state.WorkerView;
import phifleet.worker.index.ImageIndex;
import phifleet.worker.index.IndexException;

/** {@code GET} and {@code DELETE /images/{id}}: what is known of an image, and taking it out. */
final class ImageEndpoint implements Endpoint {
    static final String PREFIX = "/images/";

    private final WorkerView worker;
    private final ImagePipeline pipeline;

    ImageEndpoint(WorkerView worker, ImagePipeline pipeline) {
        this.worker = worker;
        this.pipeline = pipeline;
    }

    @Override
    public void handle(Exchange exchange) {
        String rest = String.valueOf(exchange.request().path()).substring(PREFIX.length());
        String id = PathNames.decode(rest).orElse(rest);
        try {
            IngestModels models = IngestModels.ofIndex(
                    pipeline.settings(),
                    worker.state(),
                    System.nanoTime()
                            + exchange.edge().settings().requestTimeout().toNanos());
            boolean delete = exchange.request().method().equals(HttpMethod.DELETE);
            new IndexReply(() -> {
                        ImageIndex index = pipeline.index(models.encoder());
                        return delete ? delete(index, id) : get(index, id);
                    })
                    .send(exchange);
        } catch (Refusal e) {
            exchange.refuse(e.problem());
        }
    }

    static Problem unknown(String id) {
        return Problem.of(
                404,
                "unknown_image",
                "the index has no image '" + Excerpt.of(id) + "'; it is asked for by `image`, as /ingest and /search"
                        + " answer it",
                "id");
    }

    private static JsonOutput get(ImageIndex index, String id) throws Refusal, IndexException {
        JsonOutput out = new JsonOutput(1024).beginObject();
        RecordJson.write(index.get(id).orElseThrow(() -> new Refusal(unknown(id))), out);
        return out.endObject();
    }

    private static JsonOutput delete(ImageIndex index, String id) throws Refusal, IndexException, InterruptedException {
        try {
            if (!index.delete(id).get()) {
                throw new Refusal(unknown(id));
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IndexException reason ? reason : new IndexException(e.toString(), e);
        }
        return new JsonOutput(128)
                .beginObject()
                .member("image")
                .string(id)
                .member("deleted")
                .flag(true)
                .endObject();
    }
}
