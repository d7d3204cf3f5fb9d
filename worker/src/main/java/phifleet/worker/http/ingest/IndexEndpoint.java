package phifleet.worker.http.ingest;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.http.Endpoint;
import phifleet.http.Exchange;
import phifleet.http.json.JsonOutput;
import phifleet.worker.http.ingest.pipeline.ImagePipeline;
import phifleet.worker.http.ingest.pipeline.IngestModels;
import phifleet.worker.http.ingest.pipeline.Refusal;
import phifleet.worker.http.state.WorkerView;
import phifleet.worker.index.ImageIndex;
import phifleet.worker.index.IndexContents;
import phifleet.worker.index.IndexException;
import phifleet.worker.index.IndexState;

/** {@code GET /index}: what the index holds, and which model made its vectors. */
final class IndexEndpoint implements Endpoint {
    private final WorkerView worker;
    private final ImagePipeline pipeline;

    IndexEndpoint(WorkerView worker, ImagePipeline pipeline) {
        this.worker = worker;
        this.pipeline = pipeline;
    }

    @Override
    public void handle(Exchange exchange) {
        try {
            IngestModels models = IngestModels.ofIndex(
                    pipeline.settings(),
                    worker.state(),
                    System.nanoTime()
                            + exchange.edge().settings().requestTimeout().toNanos());
            new IndexReply(() -> {
                        IngestModels answering = pipeline.answering(models);
                        IndexState state = pipeline.index(answering.encoder()).state();
                        IngestModels next = answering.next();
                        return write(
                                state,
                                pipeline.others(state.source()),
                                next == null
                                        ? null
                                        : pipeline.index(next.encoder()).state(),
                                answering,
                                things(answering));
                    })
                    .send(exchange);
        } catch (Refusal e) {
            exchange.refuse(e.problem());
        }
    }

    /** How many there are of each kind. */
    private Map<IndexContents, Long> things(IngestModels models) throws Refusal, IndexException, InterruptedException {
        Map<IndexContents, Long> things = new EnumMap<>(IndexContents.class);
        for (IndexContents contents : IndexContents.THINGS) {
            ImageIndex index = pipeline.filled(models.encoder(), contents).orElse(null);
            things.put(contents, index == null ? 0 : index.state().images());
        }
        return things;
    }

    private JsonOutput write(
            IndexState state,
            List<IndexState> others,
            @Nullable IndexState next,
            IngestModels models,
            Map<IndexContents, Long> things) {
        JsonOutput out = new JsonOutput(256).beginObject();
        out.member("images").number(state.images());
        things.forEach((contents, count) -> out.member(contents.label()).number(count));
        out.member("bytes").number(state.bytes());
        out.member("engine").string(state.engine());
        out.member("quantised").flag(pipeline.settings().quantised());
        out.member("encoder").beginObject();
        source(state, out);
        out.endObject();
        out.member("others").beginList();
        for (IndexState other : others) {
            out.beginObject();
            source(other, out);
            out.member("images").number(other.images());
            out.member("bytes").number(other.bytes()).endObject();
        }
        out.endList();
        if (next != null) {
            out.member("next").beginObject();
            source(next, out);
            out.member("images").number(next.images()).endObject();
        }
        out.member("detector")
                .optional(
                        models.detector() == null
                                ? null
                                : models.detector().description().id());
        return out.member("near_duplicate_threshold")
                .number(pipeline.settings().near())
                .endObject();
    }

    private static void source(IndexState state, JsonOutput out) {
        out.member("model").string(state.source().model());
        out.member("checksum").string(state.source().checksum());
        out.member("dimension").number(state.source().dimension());
    }
}
