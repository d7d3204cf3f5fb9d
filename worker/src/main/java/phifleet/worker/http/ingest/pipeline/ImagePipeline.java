package phifleet.worker.http.ingest.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import phifleet.common.Problem;
import phifleet.http.Urgency;
import phifleet.http.dialect.Problems;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Vector;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.vision.decode.ImageDecoder;
import phifleet.inference.vision.decode.ImageException;
import phifleet.worker.http.image.ImageProblems;
import phifleet.worker.http.ingest.pipeline.IngestMetrics.Stage;
import phifleet.worker.index.Fingerprint;
import phifleet.worker.index.Hit;
import phifleet.worker.index.ImageIndex;
import phifleet.worker.index.ImageIndexes;
import phifleet.worker.index.ImageQuery;
import phifleet.worker.index.ImageRecord;
import phifleet.worker.index.IndexContents;
import phifleet.worker.index.IndexException;
import phifleet.worker.index.IndexState;
import phifleet.worker.index.Put;
import phifleet.worker.index.VectorSource;

/**
 * The way of an image: known by its bytes already? decoded once, on a pool as wide as the cores; through both models' lanes at once,
 * where images of one request and of many meet in batches ({@link Sight}); its near duplicates looked up; put into the index, and after it
 * what was found in it, where that is asked for ({@link FoundThings}). A virtual thread an image, of which so many as the settings say are past the gate. Thread-safe.
 */
public final class ImagePipeline implements AutoCloseable {
    /** Near duplicates that are named. */
    private static final int MOST_NEAR = 10;

    private final IngestSettings settings;
    private final ImageIndexes indexes;
    private final EncoderSources sources = new EncoderSources();
    private final Succession succession = new Succession(System::nanoTime);
    private final Gate gate;
    private final IngestMetrics metrics;
    private final Sight sight;
    private final FoundThings things;

    /**
     * How an image is to be treated.
     *
     * @param nanos for each image, from when it is past the gate
     * @param durable whether its answer waits until it is safe
     */
    public record Wish(Urgency.Priority priority, long nanos, boolean durable, Stages stages) {
        public Sight.Haste until(long deadlineNanos) {
            return new Sight.Haste(priority, deadlineNanos);
        }
    }

    /**
     * @param gate of as many places as the settings say
     * @param indexes closed by the caller
     */
    public ImagePipeline(
            IngestSettings settings,
            Gate gate,
            ImageIndexes indexes,
            ImageDecoder decoder,
            int decodeThreads,
            MeterRegistry registry) {
        this.settings = settings;
        this.indexes = indexes;
        this.gate = gate;
        this.metrics = new IngestMetrics(registry);
        this.sight = new Sight(decoder, decodeThreads, settings, metrics);
        this.things = new FoundThings(sight, metrics, settings.inHand());
    }

    public IngestSettings settings() {
        return settings;
    }

    public Sight sight() {
        return sight;
    }

    /** The index of an encoder's vectors. May wait for the encoder. */
    public ImageIndex index(ImageModel encoder) throws Refusal, InterruptedException {
        return index(encoder, IndexContents.IMAGES);
    }

    private ImageIndex index(ImageModel encoder, IndexContents contents) throws Refusal, InterruptedException {
        try {
            return indexes.of(sources.of(encoder).of(contents));
        } catch (IndexException e) {
            throw new Refusal(unusable(e));
        }
    }

    /** The same of any contents; empty where nothing was put into it. */
    public Optional<ImageIndex> filled(ImageModel encoder, IndexContents contents)
            throws Refusal, IndexException, InterruptedException {
        return contents == IndexContents.IMAGES
                ? Optional.of(index(encoder))
                : indexes.filled(sources.of(encoder).of(contents));
    }

    /** The models whose index answers: the next encoder's once its index has all that the former's has. May wait. */
    public IngestModels answering(IngestModels models) throws Refusal, IndexException, InterruptedException {
        IngestModels next = models.next();
        return next != null
                        && succession.isWhole(
                                index(models.encoder()), index(next.encoder()), sources.of(next.encoder()))
                ? models.succeeded(next)
                : models;
    }

    /** The indexes of other encoders' vectors that have images. */
    public List<IndexState> others(VectorSource source) throws IndexException {
        return indexes.others(source);
    }

    public static Problem unusable(IndexException e) {
        String reason = String.valueOf(e.getMessage());
        return e.isBusy() ? Problems.busy(reason) : Problem.of(503, "index_failed", reason, null);
    }

    /** Takes an image all the way, on the calling virtual thread; whatever is wrong with it is its outcome. */
    public ImageOutcome ingest(GivenImage given, ModelsInUse.Source models, Wish wish) throws InterruptedException {
        gate.enter();
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
            gate.leave();
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
        boolean again = next != null
                || !wish.stages().things().isEmpty()
                || wish.stages().ocr();
        Sight.Haste haste = wish.until(deadline);
        ImageOutcome outcome = way(given, file, models, wish, haste, again ? () -> {} : given::release);
        if (next != null) {
            fill(next, index(models.encoder()), outcome, file, wish, haste);
        }
        return withThings(outcome, models, file, wish, haste);
    }

    /** Puts in what was found in an image, whoever put that in. */
    private ImageOutcome withThings(
            ImageOutcome outcome, IngestModels models, byte[] file, Wish wish, Sight.Haste haste)
            throws Refusal, ImageException, IndexException, ModelException, InterruptedException {
        String id = outcome.image();
        if (id == null || wish.stages().things().isEmpty()) {
            return outcome;
        }
        ImageRecord image = outcome instanceof ImageOutcome.Indexed indexed
                ? indexed.record()
                : index(models.encoder()).get(id).orElse(null);
        if (image == null) {
            // Taken out meanwhile.
            return outcome;
        }
        IngestModels next = models.next();
        if (next != null) {
            var _ = things.put(image, file, next, contents -> index(next.encoder(), contents), wish, haste);
        }
        return outcome.with(
                things.put(image, file, models, contents -> index(models.encoder(), contents), wish, haste));
    }

    /** Puts into the next encoder's index what the former's has of an image, with a vector of its own. */
    private void fill(
            IngestModels next, ImageIndex former, ImageOutcome outcome, byte[] file, Wish wish, Sight.Haste haste)
            throws Refusal, ImageException, IndexException, ModelException, InterruptedException {
        String id = outcome.image();
        ImageIndex index = index(next.encoder());
        ImageRecord image =
                id == null || index.get(id).isPresent() ? null : former.get(id).orElse(null);
        if (image != null) {
            Vector vector = sight.see(file, next, haste, () -> {}).vector();
            put(index, image, vector, wish.durable());
        }
    }

    private ImageOutcome way(
            GivenImage given, byte[] file, IngestModels models, Wish wish, Sight.Haste haste, Runnable decoded)
            throws Refusal, ImageException, IndexException, ModelException, InterruptedException {
        ImageIndex index = index(models.encoder());
        Fingerprint print = Fingerprint.of(file);
        if (index.get(print.id()).isPresent()) {
            return new ImageOutcome.Duplicate(given.name(), print.id(), Put.Sameness.FILE, Map.of());
        }
        Sight.Seen seen = sight.see(file, models, haste, decoded);
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
                given.metadata(),
                seen.faces(),
                seen.ocr(),
                null);
        List<Hit> near = index.search(new ImageQuery(seen.vector(), MOST_NEAR, settings.near(), List.of())).stream()
                .filter(hit -> !hit.image().id().equals(print.id()))
                .toList();
        Put put = put(index, image, seen.vector(), wish.durable());
        metrics.stage(Stage.INDEX, start);
        return switch (put) {
            case Put.Created() -> new ImageOutcome.Indexed(given.name(), image, near, Map.of());
            case Put.Present(String id, Put.Sameness by) -> new ImageOutcome.Duplicate(given.name(), id, by, Map.of());
        };
    }

    private static Put put(ImageIndex index, ImageRecord image, Vector vector, boolean durable)
            throws IndexException, InterruptedException {
        return done(index.put(image, vector, durable));
    }

    /** What became of a change, once it is made. */
    public static <T> T done(CompletableFuture<T> change) throws IndexException, InterruptedException {
        try {
            return change.get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof IndexException reason ? reason : new IndexException(e.toString(), e);
        }
    }

    @Override
    public void close() {
        sight.close();
    }
}
