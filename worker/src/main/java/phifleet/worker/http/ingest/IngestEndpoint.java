package phifleet.worker.http.ingest;

import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.Inflation;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.endpoint.BodyPost;
import phifleet.http.endpoint.Reply;
import phifleet.http.endpoint.WorkPool;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonLimits;
import phifleet.worker.http.image.ImageBody;
import phifleet.worker.http.image.Multipart;
import phifleet.worker.http.ingest.pipeline.GivenImage;
import phifleet.worker.http.ingest.pipeline.ImagePipeline;
import phifleet.worker.http.ingest.pipeline.IngestModels;
import phifleet.worker.http.ingest.pipeline.ModelsInUse;
import phifleet.worker.http.ingest.pipeline.Refusal;
import phifleet.worker.http.ingest.pipeline.Stages;
import phifleet.worker.http.state.WorkerState;
import phifleet.worker.http.state.WorkerView;

/** {@code POST /ingest}: a form as it flows; JSON, and one image alone, once it is whole. */
final class IngestEndpoint implements Endpoint {
    private final WorkerView worker;
    private final ImagePipeline pipeline;
    private final JsonLimits limits;
    private final BodyPost whole;

    IngestEndpoint(WorkerView worker, ImagePipeline pipeline, JsonLimits limits, WorkPool pool) {
        this.worker = worker;
        this.pipeline = pipeline;
        this.limits = limits;
        this.whole = new BodyPost(BodyPost.Media.ANY, this::prepare, -1, pool);
    }

    @Override
    public void handle(Exchange exchange) {
        @Nullable String type = exchange.request().getHeader(HttpHeaders.CONTENT_TYPE);
        try {
            ImagePipeline.Wish wish = IngestOptions.of(exchange);
            requireModels(wish.stages());
            if (type == null || !Multipart.isType(type)) {
                whole.handle(exchange);
            } else if (Inflation.isNeeded(exchange.request())) {
                exchange.refuse(Problem.of(
                        415, "unsupported_media_type", "a form of images is taken without Content-Encoding", null));
            } else {
                FormStream.read(exchange, run(exchange, wish), pipeline.settings(), type);
            }
        } catch (Refusal e) {
            exchange.refuse(e.problem());
        }
    }

    /** Those that are loaded on demand each image waits for. */
    private void requireModels(Stages stages) throws Refusal {
        WorkerState state = worker.state();
        if (IngestModels.absent(pipeline.settings(), stages, state).isEmpty()) {
            IngestModels _ = IngestModels.of(pipeline.settings(), stages, state);
        }
    }

    private IngestRun run(Exchange exchange, ImagePipeline.Wish wish) {
        return new IngestRun(exchange, pipeline, ModelsInUse.of(pipeline.settings(), wish.stages(), worker), wish);
    }

    private Reply prepare(Exchange exchange, byte[] body) {
        try {
            ImagePipeline.Wish wish = IngestOptions.of(exchange);
            requireModels(wish.stages());
            List<JsonImages.Item> items = items(exchange, body);
            return over -> begin(run(over, wish), items);
        } catch (Refusal e) {
            return new Reply.Refused(e.problem(), NativeProblems.SHAPE);
        } catch (BadBody e) {
            return new Reply.Refused(e.problem(), NativeProblems.SHAPE);
        }
    }

    private List<JsonImages.Item> items(Exchange exchange, byte[] body) throws BadBody {
        var budget = exchange.edge().budget();
        if (!ImageBody.isFile(exchange.request().getHeader(HttpHeaders.CONTENT_TYPE))) {
            return new JsonImages(limits, pipeline.settings(), budget).read(body);
        }
        String name = ImageNames.checked(exchange.request().params().get("id"), "id");
        Problem problem = IngestProblems.unfit(body.length, pipeline.settings());
        if (problem == null && !budget.take(body.length, body.length)) {
            problem = IngestProblems.full();
        }
        return List.of(
                problem == null
                        ? new JsonImages.Item.Image(new GivenImage(name, Map.of(), body.clone(), budget, body.length))
                        : new JsonImages.Item.Broken(name, problem));
    }

    private static void begin(IngestRun run, List<JsonImages.Item> items) {
        for (JsonImages.Item item : items) {
            switch (item) {
                case JsonImages.Item.Image(GivenImage image) -> run.add(image);
                case JsonImages.Item.Broken(String name, Problem problem) -> run.addFailure(name, problem);
            }
        }
        run.end();
    }
}
