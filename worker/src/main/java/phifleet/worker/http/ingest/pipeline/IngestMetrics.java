package phifleet.worker.http.ingest.pipeline;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import phifleet.common.settings.SettingsSection;
import phifleet.worker.index.Put;

/** The meters of ingested images. Thread-safe. */
final class IngestMetrics {
    /** The way of an image. */
    enum Stage {
        DECODE,
        DETECT,
        FACES,
        OCR,
        ENCODE,
        INDEX,
        THINGS
    }

    private enum End {
        INDEXED,
        DUPLICATE_FILE,
        DUPLICATE_PIXELS,
        FAILED
    }

    private final Map<Stage, Timer> stages = new EnumMap<>(Stage.class);
    private final Map<End, Counter> images = new EnumMap<>(End.class);
    private final Counter near;
    private final Counter bytes;

    IngestMetrics(MeterRegistry registry) {
        for (Stage stage : Stage.values()) {
            stages.put(
                    stage,
                    Timer.builder("ingest_stage")
                            .description("Time of one image in each stage of its way into the index, waiting included")
                            .tag("stage", stage.name().toLowerCase(Locale.ROOT))
                            .register(registry));
        }
        for (End end : End.values()) {
            images.put(
                    end,
                    Counter.builder("ingest_images")
                            .description("Images that were to be indexed, by what became of them")
                            .tag("outcome", SettingsSection.label(end))
                            .register(registry));
        }
        near = Counter.builder("ingest_near_duplicates")
                .description("Images indexed that had a near duplicate in the index")
                .register(registry);
        bytes = Counter.builder("ingest_bytes")
                .description("Bytes of the files of images that were to be indexed")
                .register(registry);
    }

    void stage(Stage stage, long startNanos) {
        Objects.requireNonNull(stages.get(stage)).record(System.nanoTime() - startNanos, TimeUnit.NANOSECONDS);
    }

    void received(long fileBytes) {
        bytes.increment((double) fileBytes);
    }

    void ended(ImageOutcome outcome) {
        End end = switch (outcome) {
            case ImageOutcome.Indexed indexed -> {
                if (!indexed.near().isEmpty()) {
                    near.increment();
                }
                yield End.INDEXED;
            }
            case ImageOutcome.Duplicate duplicate ->
                duplicate.by() == Put.Sameness.FILE ? End.DUPLICATE_FILE : End.DUPLICATE_PIXELS;
            case ImageOutcome.Failed failed -> End.FAILED;
        };
        Objects.requireNonNull(images.get(end)).increment();
    }
}
