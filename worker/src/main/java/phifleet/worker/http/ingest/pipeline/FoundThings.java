package phifleet.worker.http.ingest.pipeline;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Vector;
import phifleet.inference.vision.decode.ImageException;
import phifleet.worker.http.ingest.pipeline.IngestMetrics.Stage;
import phifleet.worker.index.Detected;
import phifleet.worker.index.ImageIndex;
import phifleet.worker.index.ImageRecord;
import phifleet.worker.index.IndexContents;
import phifleet.worker.index.IndexException;
import phifleet.worker.index.Put;

/**
 * Puts the things that were found in images into indexes of their own, by the encoder's vectors of the parts that show them. An image is in
 * its index before its things are in theirs; what a kill came between is put in when the image is sent again, by the boxes that are known
 * of it. Thread-safe.
 */
final class FoundThings {
    /** Parts of one image whose tensors exist at once. */
    private static final int MOST_PARTS = 16;

    private final Sight sight;
    private final IngestMetrics metrics;
    private final Semaphore parts;

    /** @param inHand images that are worked on at once: as many parts are */
    FoundThings(Sight sight, IngestMetrics metrics, int inHand) {
        this.sight = sight;
        this.metrics = metrics;
        this.parts = new Semaphore(Math.max(MOST_PARTS, inHand), true);
    }

    /** What things of an image go into. */
    @FunctionalInterface
    interface Indexes {
        ImageIndex of(IndexContents contents) throws Refusal, IndexException, InterruptedException;
    }

    /**
     * Puts in what is not in yet, and counts it by its kind.
     *
     * @param image as the index has it
     */
    Map<IndexContents, Integer> put(
            ImageRecord image,
            byte[] file,
            IngestModels models,
            Indexes indexes,
            ImagePipeline.Wish wish,
            Sight.Haste haste)
            throws Refusal, ImageException, IndexException, ModelException, InterruptedException {
        Map<IndexContents, Integer> counts = new EnumMap<>(IndexContents.class);
        for (IndexContents contents : wish.stages().things()) {
            List<ImageRecord> things = things(image, contents);
            int created = 0;
            if (!things.isEmpty()) {
                ImageIndex index = indexes.of(contents);
                List<ImageRecord> missing = missing(things, index);
                for (int from = 0; from < missing.size(); from += MOST_PARTS) {
                    created += put(
                            missing.subList(from, Math.min(missing.size(), from + MOST_PARTS)),
                            file,
                            models,
                            index,
                            wish,
                            haste);
                }
            }
            counts.put(contents, created);
        }
        return counts;
    }

    private static List<ImageRecord> things(ImageRecord image, IndexContents contents) {
        List<ImageRecord> things = new ArrayList<>();
        for (int i = 0; i < image.detections().size(); i++) {
            if (contents.has(image.detections().get(i).label())) {
                things.add(image.thing(i));
            }
        }
        return things;
    }

    private static List<ImageRecord> missing(List<ImageRecord> things, ImageIndex index) throws IndexException {
        List<ImageRecord> missing = new ArrayList<>();
        for (ImageRecord thing : things) {
            if (index.get(thing.id()).isEmpty()) {
                missing.add(thing);
            }
        }
        return missing;
    }

    private int put(
            List<ImageRecord> things,
            byte[] file,
            IngestModels models,
            ImageIndex index,
            ImagePipeline.Wish wish,
            Sight.Haste haste)
            throws Refusal, ImageException, IndexException, ModelException, InterruptedException {
        List<Detected> boxes =
                things.stream().map(thing -> thing.detections().getFirst()).toList();
        long start = System.nanoTime();
        List<Vector> vectors;
        parts.acquire(things.size());
        try {
            vectors = sight.parts(file, boxes, models.encoder(), haste);
        } finally {
            parts.release(things.size());
        }
        List<CompletableFuture<Put>> puts = new ArrayList<>();
        for (int i = 0; i < vectors.size(); i++) {
            puts.add(index.put(things.get(i), vectors.get(i), wish.durable()));
        }
        int created = 0;
        for (CompletableFuture<Put> put : puts) {
            created += ImagePipeline.done(put) instanceof Put.Created ? 1 : 0;
        }
        metrics.stage(Stage.THINGS, start);
        return created;
    }
}
