package phifleet.worker.http.ingest;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.Urgency;
import phifleet.http.dialect.Problems;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.TensorSet;
import phifleet.inference.model.Vector;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.tensor.ImageModel.Given;
import phifleet.inference.vision.decode.ImageDecoder;
import phifleet.inference.vision.decode.ImageException;
import phifleet.worker.http.image.ImageProblems;
import phifleet.worker.http.ingest.IngestMetrics.Stage;
import phifleet.worker.http.lane.LaneResult;
import phifleet.worker.index.Detected;
import phifleet.worker.index.Fingerprint;
import phifleet.worker.index.Hit;
import phifleet.worker.index.ImageIndex;
import phifleet.worker.index.ImageIndexes;
import phifleet.worker.index.ImageQuery;
import phifleet.worker.index.ImageRecord;
import phifleet.worker.index.IndexException;
import phifleet.worker.index.IndexState;
import phifleet.worker.index.Put;
import phifleet.worker.index.VectorSource;

/**
 * The way of an image: known by its bytes already? decoded once, on a pool as wide as the cores; through both models' lanes at once,
 * where images of one request and of many meet in batches; its near duplicates looked up; put into the index. A virtual thread an
 * image, of which so many as the settings say are past the gate. Thread-safe.
 */
final class ImagePipeline implements AutoCloseable {
    /** Near duplicates that are named. */
    private static final int MOST_NEAR = 10;

    private final IngestSettings settings;
    private final ImageIndexes indexes;
    private final EncoderSources sources = new EncoderSources();
    private final Succession succession = new Succession(System::nanoTime);
    private final ImageDecoder decoder;
    private final ExecutorService decoding;
    private final Semaphore inHand;
    private final IngestMetrics metrics;

    /**
     * How an image is to be treated.
     *
     * @param nanos for each image, from when it is past the gate
     * @param durable whether its answer waits until it is safe
     */
    record Wish(Urgency.Priority priority, long nanos, boolean durable) {}

    /** @param indexes closed by the caller */
    ImagePipeline(
            IngestSettings settings,
            ImageIndexes indexes,
            ImageDecoder decoder,
            int decodeThreads,
            MeterRegistry registry) {
        this.settings = settings;
        this.indexes = indexes;
        this.inHand = new Semaphore(settings.inHand(), true);
        this.metrics = new IngestMetrics(registry);
        this.decoder = decoder;
        this.decoding = Executors.newFixedThreadPool(
                decodeThreads, Thread.ofPlatform().daemon().name("decode-", 0).factory());
    }

    IngestSettings settings() {
        return settings;
    }

    /** The index of an encoder's vectors. May wait for the encoder. */
    ImageIndex index(ImageModel encoder) throws Refusal, InterruptedException {
        try {
            return indexes.of(sources.of(encoder));
        } catch (IndexException e) {
            throw new Refusal(unusable(e));
        }
    }

    /** The models whose index answers: the next encoder's once its index has all that the former's has. May wait. */
    IngestModels answering(IngestModels models) throws Refusal, IndexException, InterruptedException {
        IngestModels next = models.next();
        return next != null
                        && succession.isWhole(
                                index(models.encoder()), index(next.encoder()), sources.of(next.encoder()))
                ? models.succeeded(next)
                : models;
    }

    /** The indexes of other encoders' vectors that have images. */
    List<IndexState> others(VectorSource source) throws IndexException {
        return indexes.others(source);
    }

    static Problem unusable(IndexException e) {
        String reason = String.valueOf(e.getMessage());
        return e.isBusy() ? Problems.busy(reason) : Problem.of(503, "index_failed", reason, null);
    }

    /** Takes an image all the way, on the calling virtual thread; whatever is wrong with it is its outcome. */
    ImageOutcome ingest(GivenImage given, ModelsInUse.Source models, Wish wish) throws InterruptedException {
        inHand.acquire();
        ImageOutcome outcome;
        try {
            metrics.received(given.file().length);
            outcome = way(given, models, wish);
        } catch (Refusal e) {
            outcome = new ImageOutcome.Failed(given.name(), e.problem());
        } catch (ImageException e) {
            outcome = new ImageOutcome.Failed(given.name(), ImageProblems.of(e));
        } catch (IndexException e) {
            outcome = new ImageOutcome.Failed(given.name(), unusable(e));
        } catch (ModelException e) {
            outcome = new ImageOutcome.Failed(
                    given.name(), Problem.of(500, "model_failed", String.valueOf(e.getMessage()), null));
        } finally {
            given.release();
            inHand.release();
        }
        metrics.ended(outcome);
        return outcome;
    }

    private ImageOutcome way(GivenImage given, ModelsInUse.Source source, Wish wish)
            throws Refusal, ImageException, IndexException, ModelException, InterruptedException {
        long deadline = System.nanoTime() + wish.nanos();
        try (ModelsInUse use = source.take(deadline)) {
            return way(given, use.models(), wish, deadline);
        }
    }

    private ImageOutcome way(GivenImage given, IngestModels all, Wish wish, long deadline)
            throws Refusal, ImageException, IndexException, ModelException, InterruptedException {
        IngestModels models = answering(all);
        byte[] file = given.file();
        IngestModels next = models.next();
        if (next == null) {
            return way(given, file, models, wish, deadline, given::release);
        }
        ImageOutcome outcome = way(given, file, models, wish, deadline, () -> {});
        fill(next, index(models.encoder()), outcome, file, wish, deadline);
        return outcome;
    }

    /** Puts into the next encoder's index what the former's has of an image, with a vector of its own. */
    private void fill(IngestModels next, ImageIndex former, ImageOutcome outcome, byte[] file, Wish wish, long deadline)
            throws Refusal, ImageException, IndexException, ModelException, InterruptedException {
        String id = switch (outcome) {
            case ImageOutcome.Indexed indexed -> indexed.image().id();
            case ImageOutcome.Duplicate duplicate -> duplicate.id();
            case ImageOutcome.Failed failed -> null;
        };
        ImageIndex index = index(next.encoder());
        ImageRecord image =
                id == null || index.get(id).isPresent() ? null : former.get(id).orElse(null);
        if (image != null) {
            Vector vector = see(file, next, wish.priority(), deadline, () -> {}).vector();
            put(index, image, vector, wish.durable());
        }
    }

    private ImageOutcome way(
            GivenImage given, byte[] file, IngestModels models, Wish wish, long deadline, Runnable decoded)
            throws Refusal, ImageException, IndexException, ModelException, InterruptedException {
        ImageIndex index = index(models.encoder());
        Fingerprint print = Fingerprint.of(file);
        if (index.get(print.id()).isPresent()) {
            return new ImageOutcome.Duplicate(given.name(), print.id(), Put.Sameness.FILE);
        }
        Seen seen = see(file, models, wish.priority(), deadline, decoded);
        long start = System.nanoTime();
        ImageRecord image = new ImageRecord(
                print.id(),
                print.imohash(),
                seen.decoded().pixels(),
                given.name(),
                seen.decoded().width(),
                seen.decoded().height(),
                file.length,
                System.currentTimeMillis(),
                models.detector() == null ? "" : models.detector().description().id(),
                seen.detections(),
                given.metadata());
        List<Hit> near = index.search(new ImageQuery(seen.vector(), MOST_NEAR, settings.near(), List.of())).stream()
                .filter(hit -> !hit.image().id().equals(print.id()))
                .toList();
        Put put = put(index, image, seen.vector(), wish.durable());
        metrics.stage(Stage.INDEX, start);
        return switch (put) {
            case Put.Created() -> new ImageOutcome.Indexed(given.name(), image, near);
            case Put.Present(String id, Put.Sameness by) -> new ImageOutcome.Duplicate(given.name(), id, by);
        };
    }

    private static Put put(ImageIndex index, ImageRecord image, Vector vector, boolean durable)
            throws IndexException, InterruptedException {
        try {
            return index.put(image, vector, durable).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IndexException reason ? reason : new IndexException(e.toString(), e);
        }
    }

    /** What was seen in an image. */
    record Seen(DecodedImage decoded, List<Detected> detections, Vector vector) {}

    /**
     * Decodes an image and runs it through the models.
     *
     * @param decoded told when the file is needed no more
     */
    Seen see(byte[] file, IngestModels models, Urgency.Priority priority, long deadlineNanos, Runnable decoded)
            throws Refusal, ImageException, ModelException, InterruptedException {
        long start = System.nanoTime();
        DecodedImage image = decode(file, models);
        metrics.stage(Stage.DECODE, start);
        decoded.run();
        @Nullable ImageModel detector = models.detector();
        @Nullable Given boxes = image.forDetector();
        long submitted = System.nanoTime();
        CompletableFuture<LaneResult<TensorSet>> detecting = detector == null || boxes == null
                ? null
                : LaneRuns.submit(detector, boxes.tensors(), priority, deadlineNanos);
        CompletableFuture<LaneResult<TensorSet>> encoding =
                LaneRuns.submit(models.encoder(), image.forEncoder().tensors(), priority, deadlineNanos);
        TensorSet encoded = LaneRuns.outputs(encoding);
        image.forEncoder().tensors().release();
        Vector vector = SeenImage.vector(models.encoder(), encoded);
        encoded.release();
        metrics.stage(Stage.ENCODE, submitted);
        List<Detected> detections = List.of();
        if (detecting != null && boxes != null) {
            TensorSet detected = LaneRuns.outputs(detecting);
            boxes.tensors().release();
            detections = SeenImage.detections(detector, detected, boxes.placement());
            detected.release();
            metrics.stage(Stage.DETECT, submitted);
        }
        return new Seen(image, detections, vector);
    }

    private DecodedImage decode(byte[] file, IngestModels models) throws ImageException, InterruptedException {
        try {
            return decoding.submit(() -> DecodedImage.of(decoder, file, models.detector(), models.encoder()))
                    .get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ImageException broken) {
                throw broken;
            }
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        decoding.shutdownNow();
    }
}
