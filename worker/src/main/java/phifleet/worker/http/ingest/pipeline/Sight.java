package phifleet.worker.http.ingest.pipeline;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import phifleet.http.Urgency;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.TensorSet;
import phifleet.inference.model.Vector;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.tensor.ImageModel.Given;
import phifleet.inference.vision.decode.Detail;
import phifleet.inference.vision.decode.Image;
import phifleet.inference.vision.decode.ImageDecoder;
import phifleet.inference.vision.decode.ImageException;
import phifleet.inference.vision.output.DetectionOptions;
import phifleet.worker.http.ingest.pipeline.IngestMetrics.Stage;
import phifleet.worker.http.lane.LaneResult;
import phifleet.worker.index.Detected;
import phifleet.worker.index.WrittenLine;

/** Decodes images on a pool as wide as the cores, and runs them through models in the batches of all requests. Thread-safe. */
public final class Sight implements AutoCloseable {
    private final ImageDecoder decoder;
    private final DecodePool pool;
    private final TextStage text;
    private final IngestMetrics metrics;
    private final DetectionOptions faces;
    private final boolean reduce;

    /** How urgent it is, on the scale of {@link System#nanoTime}. */
    record Haste(Urgency.Priority priority, long deadlineNanos) {}

    /**
     * What was seen in an image.
     *
     * @param faces null where nobody looked
     * @param ocr likewise
     */
    public record Seen(
            DecodedImage decoded,
            List<Detected> detections,
            @Nullable List<Detected> faces,
            @Nullable List<WrittenLine> ocr,
            Vector vector) {}

    Sight(ImageDecoder decoder, int decodeThreads, IngestSettings settings, IngestMetrics metrics) {
        this.faces = new DetectionOptions(
                settings.faceScore(), DetectionOptions.DEFAULT.iou(), DetectionOptions.DEFAULT.most());
        this.decoder = decoder;
        this.reduce = settings.reduce();
        this.metrics = metrics;
        this.pool = new DecodePool(decodeThreads);
        this.text = new TextStage(decoder, pool, settings.ocr().score());
    }

    /** A model that looks for boxes, and an image on its way through it. */
    private record Look(ImageModel model, Given given, CompletableFuture<LaneResult<TensorSet>> result) {}

    /**
     * Decodes an image and runs it through the models.
     *
     * @param decoded told when the file is needed no more, but for its text
     */
    public Seen see(byte[] file, IngestModels models, Haste haste, Runnable decoded)
            throws Refusal, ImageException, ModelException, InterruptedException {
        long start = System.nanoTime();
        DecodedImage image = pool.run(() -> DecodedImage.of(decoder, file, models, reduce));
        metrics.stage(Stage.DECODE, start);
        decoded.run();
        long submitted = System.nanoTime();
        Look detecting = look(models.detector(), image.forDetector(), haste);
        Look facing = look(models.faces(), image.forFaces(), haste);
        CompletableFuture<LaneResult<TensorSet>> encoding = submit(models.encoder(), image.forEncoder(), haste);
        Vector vector = vector(models.encoder(), image.forEncoder(), encoding);
        metrics.stage(Stage.ENCODE, submitted);
        List<Detected> detections = List.of();
        if (detecting != null) {
            detections = boxes(detecting, DetectionOptions.DEFAULT);
            metrics.stage(Stage.DETECT, submitted);
        }
        List<Detected> found = null;
        if (facing != null) {
            found = boxes(facing, faces);
            metrics.stage(Stage.FACES, submitted);
        }
        return new Seen(image, detections, found, written(file, image, models, haste), vector);
    }

    /** Read last, since it takes longest and what the others need is given back by then; null where nobody asks. */
    private @Nullable List<WrittenLine> written(byte[] file, DecodedImage image, IngestModels models, Haste haste)
            throws Refusal, ImageException, ModelException, InterruptedException {
        TextReaders readers = models.ocr();
        if (readers == null) {
            return null;
        }
        long start = System.nanoTime();
        List<WrittenLine> lines = text.read(file, image.width(), image.height(), readers, haste);
        metrics.stage(Stage.OCR, start);
        return lines;
    }

    private static @Nullable Look look(@Nullable ImageModel model, @Nullable Given given, Haste haste)
            throws Refusal, InterruptedException {
        return model == null || given == null ? null : new Look(model, given, submit(model, given, haste));
    }

    private static CompletableFuture<LaneResult<TensorSet>> submit(ImageModel model, Given given, Haste haste)
            throws Refusal, InterruptedException {
        return LaneRuns.submit(model, given.tensors(), haste.priority(), haste.deadlineNanos());
    }

    private static Vector vector(ImageModel encoder, Given given, CompletableFuture<LaneResult<TensorSet>> result)
            throws Refusal, ModelException, InterruptedException {
        TensorSet encoded = LaneRuns.outputs(result);
        given.tensors().release();
        Vector vector = SeenImage.vector(encoder, encoded);
        encoded.release();
        return vector;
    }

    private static List<Detected> boxes(Look look, DetectionOptions options)
            throws Refusal, ModelException, InterruptedException {
        TensorSet found = LaneRuns.outputs(look.result());
        look.given().tensors().release();
        List<Detected> boxes =
                SeenImage.detections(look.model(), found, look.given().placement(), options);
        found.release();
        return boxes;
    }

    /**
     * The vectors of parts of an image, which is decoded for them: some milliseconds more for whoever wants them, and no pixels are held
     * while a detector looks.
     *
     * @param parts as few as fit into the memory together
     */
    List<Vector> parts(byte[] file, List<Detected> parts, ImageModel encoder, Haste haste)
            throws Refusal, ImageException, ModelException, InterruptedException {
        List<Given> given = pool.run(() -> decoder.decode(file, Detail.ALL, image -> prepared(image, parts, encoder)));
        List<CompletableFuture<LaneResult<TensorSet>>> encoding = new ArrayList<>();
        for (Given one : given) {
            encoding.add(submit(encoder, one, haste));
        }
        List<Vector> vectors = new ArrayList<>();
        for (int i = 0; i < given.size(); i++) {
            vectors.add(vector(encoder, given.get(i), encoding.get(i)));
        }
        return vectors;
    }

    private static List<Given> prepared(Image image, List<Detected> parts, ImageModel encoder) throws ImageException {
        List<Given> prepared = new ArrayList<>();
        for (Detected part : parts) {
            prepared.add(encoder.prepare(
                    Square.around(part, image.width(), image.height()).of(image)));
        }
        return prepared;
    }

    @Override
    public void close() {
        pool.close();
    }
}
