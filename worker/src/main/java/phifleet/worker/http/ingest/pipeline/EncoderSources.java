package phifleet.worker.http.ingest.pipeline;

import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import phifleet.common.Problem;
import phifleet.http.Urgency;
import phifleet.inference.model.ModelException;
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.vision.decode.Image;
import phifleet.inference.vision.decode.ImageException;
import phifleet.worker.index.VectorSource;

/** What an encoder's vectors are known by; how long they are is found by one black image, once a model. Thread-safe. */
final class EncoderSources {
    private static final int SIDE = 256;
    private static final long LONGEST_SECONDS = 60;

    /** One that answers, and one that is to come. */
    private static final int MOST = 2;

    private final AtomicReference<List<Known>> last = new AtomicReference<>(List.of());

    private record Known(ImageModel encoder, VectorSource source) {}

    /** Waits for the encoder where it is asked for the first time. */
    VectorSource of(ImageModel encoder) throws Refusal, InterruptedException {
        for (Known known : last.get()) {
            if (known.encoder().equals(encoder)) {
                return known.source();
            }
        }
        try {
            Image black = new Image(SIDE, SIDE, new byte[3 * SIDE * SIDE]);
            int dimension = SeenImage.vector(
                            encoder,
                            LaneRuns.outputs(LaneRuns.submit(
                                    encoder,
                                    encoder.prepare(black).tensors(),
                                    Urgency.Priority.INTERACTIVE,
                                    System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS))))
                    .dimension();
            VectorSource source = new VectorSource(encoder.description().id(), encoder.checksum(), dimension);
            last.updateAndGet(known -> Stream.concat(Stream.of(new Known(encoder, source)), known.stream())
                    .limit(MOST)
                    .toList());
            return source;
        } catch (ModelException | ImageException e) {
            throw new Refusal(Problem.of(500, "model_failed", String.valueOf(e.getMessage()), null));
        }
    }
}
