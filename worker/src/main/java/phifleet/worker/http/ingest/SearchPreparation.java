package phifleet.worker.http.ingest;

import io.vertx.core.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.http.Exchange;
import phifleet.http.dialect.NativeProblems;
import phifleet.http.endpoint.BodyPost;
import phifleet.http.endpoint.Reply;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonLimits;
import phifleet.http.json.JsonOutput;
import phifleet.inference.Catalogue;
import phifleet.inference.ServedModel;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Vector;
import phifleet.inference.vision.decode.ImageException;
import phifleet.worker.http.image.ImageBody;
import phifleet.worker.http.image.Multipart;
import phifleet.worker.http.ingest.pipeline.ImagePipeline;
import phifleet.worker.http.ingest.pipeline.IngestModels;
import phifleet.worker.http.ingest.pipeline.Refusal;
import phifleet.worker.http.ingest.pipeline.Sight;
import phifleet.worker.http.ingest.pipeline.TextQuery;
import phifleet.worker.http.state.MissingModel;
import phifleet.worker.http.state.WorkerState;
import phifleet.worker.http.state.WorkerView;
import phifleet.worker.index.Fingerprint;
import phifleet.worker.index.Hit;
import phifleet.worker.index.ImageIndex;
import phifleet.worker.index.ImageQuery;
import phifleet.worker.index.IndexContents;
import phifleet.worker.index.IndexException;

/** {@code POST /search}: by an image, by one of the index, by a text, or by labels or what is written alone. */
final class SearchPreparation implements BodyPost.Preparation {
    private final WorkerView worker;
    private final ImagePipeline pipeline;
    private final JsonLimits limits;

    SearchPreparation(WorkerView worker, ImagePipeline pipeline, JsonLimits limits) {
        this.worker = worker;
        this.pipeline = pipeline;
        this.limits = limits;
    }

    @Override
    public Reply prepare(Exchange exchange, byte[] body) {
        try {
            WorkerState state = worker.state();
            String absent =
                    IngestModels.absentEncoder(pipeline.settings(), state).orElse(null);
            if (absent != null) {
                return MissingModel.reply(
                        new Catalogue.Found.Unknown<ServedModel>(absent),
                        "image-encoder",
                        state,
                        exchange,
                        NativeProblems.SHAPE);
            }
            IngestModels models = IngestModels.ofIndex(pipeline.settings(), state, System.nanoTime());
            ImagePipeline.Wish wish = IngestOptions.of(exchange);
            SearchRequest asked = asked(exchange, body);
            if (asked.text() != null && models.next() == null) {
                // Refused before anything is waited for.
                models.reader();
            }
            long taken = asked.image() == null ? 0 : asked.image().length;
            if (!exchange.edge().budget().take(taken, taken)) {
                throw new Refusal(IngestProblems.full());
            }
            return new IndexReply(() -> {
                try {
                    return answer(exchange, asked, pipeline.answering(models), wish);
                } finally {
                    exchange.edge().budget().give(taken);
                }
            });
        } catch (Refusal e) {
            return new Reply.Refused(e.problem(), NativeProblems.SHAPE);
        } catch (BadBody e) {
            return new Reply.Refused(e.problem(), NativeProblems.SHAPE);
        }
    }

    private SearchRequest asked(Exchange exchange, byte[] body) throws BadBody {
        @Nullable String type = exchange.request().getHeader(HttpHeaders.CONTENT_TYPE);
        if (type != null && Multipart.isType(type)) {
            return SearchRequest.of(exchange.request().params(), Multipart.file(type, body));
        }
        return ImageBody.isFile(type)
                ? SearchRequest.of(exchange.request().params(), body.clone())
                : SearchRequest.parse(body, limits);
    }

    private JsonOutput answer(Exchange exchange, SearchRequest asked, IngestModels models, ImagePipeline.Wish wish)
            throws Refusal, IndexException, ImageException, ModelException, InterruptedException {
        ImageIndex index = pipeline.filled(models.encoder(), asked.contents()).orElse(null);
        String id = asked.id();
        byte[] file = asked.image();
        SearchAnswer answer = new SearchAnswer(pipeline.settings().near(), models.encoder(), exchange.startNanos());
        long deadline = exchange.startNanos() + wish.nanos();
        if (index == null) {
            return answer.plain(List.of());
        }
        if (asked.text() != null) {
            TextQuery words = TextQuery.of(models.reader(), asked.text());
            return answer.byText(index.search(query(words.vector(wish.priority(), deadline), asked.k(), asked)));
        }
        if (file != null) {
            // Only its vector is wanted.
            Sight.Seen seen = pipeline.sight().see(file, models.withoutDetector(), wish.until(deadline), () -> {});
            List<Hit> hits = index.search(query(seen.vector(), asked.k(), asked));
            if (asked.contents() != IndexContents.IMAGES) {
                return answer.plain(hits);
            }
            return answer.byImage(hits, Fingerprint.of(file), seen.decoded().pixels());
        }
        if (id == null) {
            List<Hit> hits = index.search(query(null, asked.k(), asked));
            return asked.words().isEmpty() ? answer.plain(hits) : answer.byWriting(hits);
        }
        Vector vector = vector(id, index, models);
        List<Hit> hits = index.search(query(vector, Math.min(ImageQuery.MOST, asked.k() + 1), asked)).stream()
                .filter(hit -> !hit.image().id().equals(id))
                .limit(asked.k())
                .toList();
        return answer.plain(hits);
    }

    /** Of an entry of the index that is searched, or of an image. */
    private Vector vector(String id, ImageIndex index, IngestModels models)
            throws Refusal, IndexException, InterruptedException {
        Optional<Vector> own = index.vector(id);
        Optional<Vector> found =
                own.isPresent() ? own : pipeline.index(models.encoder()).vector(id);
        return found.orElseThrow(() -> new Refusal(ImageEndpoint.unknown(id)));
    }

    private static ImageQuery query(@Nullable Vector vector, int k, SearchRequest asked) {
        return new ImageQuery(vector, k, asked.minScore(), asked.labels(), asked.words());
    }
}
