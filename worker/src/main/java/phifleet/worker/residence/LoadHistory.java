package phifleet.worker.residence;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What loads took, so that memory is reserved before the next one and whoever waits is told for how long. What is not known of a
 * model is guessed by the length of its files, and by what the others of its kind took for theirs. Thread-safe.
 */
public final class LoadHistory {
    /** Where nothing was loaded yet: the weights, once more in the order that kernels want, and room for a batch. */
    private static final double FIRST_FACTOR = 2.2;

    /** Where nothing was loaded yet, in bytes a second. */
    private static final double FIRST_PACE = 100e6;

    private final @Nullable LoadRecords records;
    private final Map<String, LoadRecords.Line> models = new HashMap<>();
    private final Map<String, Kind> kinds = new HashMap<>();

    /**
     * What a load took, or is expected to take.
     *
     * @param measured whether that is from loads of this very model
     */
    record Taken(long bytes, Duration time, boolean measured) {}

    private record Kind(double factor, double pace) {}

    /** One that begins anew, and is kept nowhere. */
    LoadHistory() {
        this.records = null;
    }

    /** One that goes on with what is kept in a file, and keeps there what comes. */
    public LoadHistory(Path file) {
        LoadRecords kept = new LoadRecords(file);
        this.records = kept;
        models.putAll(kept.read());
    }

    /**
     * Takes what a load took. How much a process grew by it is measured beside requests and collections of garbage, and memory that
     * others left is used again: so it is believed from half of the files' length to four times that.
     *
     * @param kind as {@link ModelFiles#kind} has it
     * @param fileBytes the length of its weights
     * @param grown bytes by which the process grew
     */
    synchronized void loaded(String id, String kind, long fileBytes, long grown, Duration time) {
        long bytes = Math.clamp(grown, fileBytes / 2, 4 * fileBytes);
        LoadRecords.Line before = models.get(id);
        // The most that it was seen to take is what it has to find.
        LoadRecords.Line line = before == null || before.fileBytes() != fileBytes
                ? new LoadRecords.Line(bytes, time, fileBytes)
                : new LoadRecords.Line(Math.max(bytes, before.bytes()), mean(before.time(), time), fileBytes);
        models.put(id, line);
        if (records != null) {
            records.write(id, line);
        }
        if (fileBytes > 0) {
            Kind last = kinds.get(kind);
            double factor = (double) bytes / fileBytes;
            double pace = fileBytes / Math.max(1e-3, time.toNanos() / 1e9);
            kinds.put(
                    kind,
                    last == null
                            ? new Kind(factor, pace)
                            : new Kind(mean(last.factor(), factor), mean(last.pace(), pace)));
        }
    }

    /** The last load counts as much as all before it. */
    private static Duration mean(Duration before, Duration now) {
        return before.plus(now).dividedBy(2);
    }

    private static double mean(double before, double now) {
        return (before + now) / 2;
    }

    /** What is known of a model from its own loads. */
    synchronized Optional<Taken> known(String id) {
        return Optional.ofNullable(models.get(id)).map(line -> new Taken(line.bytes(), line.time(), true));
    }

    /** What the next load is expected to take. */
    synchronized Taken expected(String id, String kind, long fileBytes) {
        LoadRecords.Line known = models.get(id);
        // While nothing is known of its files, it is believed to be the same.
        if (known != null && (fileBytes == 0 || known.fileBytes() == fileBytes)) {
            return new Taken(known.bytes(), known.time(), true);
        }
        Kind like = kinds.get(kind);
        double factor = like == null ? FIRST_FACTOR : like.factor();
        double pace = like == null ? FIRST_PACE : like.pace();
        return new Taken((long) (factor * fileBytes), Duration.ofMillis((long) (1e3 * fileBytes / pace)), false);
    }
}
