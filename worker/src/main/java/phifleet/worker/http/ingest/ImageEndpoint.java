package phifleet.worker.http.ingest;

import io.vertx.core.http.HttpMethod;
import phifleet.common.Problem;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.PathNames;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonOutput;
import phifleet.worker.http.ingest.pipeline.ImagePipeline;
import phifleet.worker.http.ingest.pipeline.IngestModels;
import phifleet.worker.http.ingest.pipeline.Refusal;
import phifleet.worker.http.state.WorkerView;
import phifleet.worker.index.ImageIndex;
import phifleet.worker.index.ImageQuery;
import phifleet.worker.index.ImageRecord;
import phifleet.worker.index.IndexContents;
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
                        IngestModels answering = pipeline.answering(models);
                        return delete ? delete(models, id) : get(pipeline.index(answering.encoder()), id);
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

    /** Out of the next encoder's index first: what is in that alone would be found again once it answers. */
    private JsonOutput delete(IngestModels models, String id) throws Refusal, IndexException, InterruptedException {
        IngestModels next = models.next();
        boolean there = false;
        if (next != null) {
            deleteThings(next, id);
            there = delete(pipeline.index(next.encoder()), id);
        }
        deleteThings(models, id);
        if (!delete(pipeline.index(models.encoder()), id) && !there) {
            throw new Refusal(unknown(id));
        }
        return deleted(id);
    }

    /** Before their image: whoever sends the request again still finds it. */
    private void deleteThings(IngestModels models, String image) throws Refusal, IndexException, InterruptedException {
        for (IndexContents contents : IndexContents.THINGS) {
            ImageIndex index = pipeline.filled(models.encoder(), contents).orElse(null);
            if (index == null) {
                continue;
            }
            for (String id : index.ids(image, ImageQuery.MOST)) {
                if (!ImageRecord.isThing(id, image)) {
                    break;
                }
                delete(index, id);
            }
        }
    }

    private static boolean delete(ImageIndex index, String id) throws IndexException, InterruptedException {
        return ImagePipeline.done(index.delete(id));
    }

    private static JsonOutput deleted(String id) {
        return new JsonOutput(128)
                .beginObject()
                .member("image")
                .string(id)
                .member("deleted")
                .flag(true)
                .endObject();
    }
}
