package phifleet.worker.http.ingest.pipeline;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.worker.index.ImageIndex;
import phifleet.worker.index.ImageQuery;
import phifleet.worker.index.IndexException;
import phifleet.worker.index.VectorSource;

/**
 * Whether the index of the next encoder has all that the former's has, so that it answers in its place. All of the former's images are
 * compared, in their order, up to the first that is missing: while many are, that is found at once. Images go into the former before they
 * go into the next, and out of both, so that what was whole once stays so. Thread-safe; waits on the calling thread.
 */
final class Succession {
    private static final Logger LOG = LoggerFactory.getLogger(Succession.class);

    /** Between two looks, in nanoseconds: a look that finds all is over all images. */
    private static final long BETWEEN_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final LongSupplier nanos;
    private final AtomicReference<@Nullable Look> last = new AtomicReference<>();

    private record Look(VectorSource next, boolean whole, long atNanos) {}

    Succession(LongSupplier nanos) {
        this.nanos = nanos;
    }

    boolean isWhole(ImageIndex former, ImageIndex next, VectorSource source) throws IndexException {
        Look look = last.get();
        long now = nanos.getAsLong();
        boolean known = look != null && look.next().equals(source);
        if (look != null && known && (look.whole() || now - look.atNanos() < BETWEEN_NANOS)) {
            return look.whole();
        }
        // Others go by the former look while this one is taken.
        Look begun = new Look(source, false, now);
        if (!last.compareAndSet(look, begun)) {
            return false;
        }
        boolean whole = hasAll(next, former);
        last.set(new Look(source, whole, nanos.getAsLong()));
        if (whole) {
            LOG.info("the index of {} has all images, and answers from now on", source);
        }
        return whole;
    }

    private static boolean hasAll(ImageIndex next, ImageIndex former) throws IndexException {
        List<String> ids = former.ids(null, ImageQuery.MOST);
        while (!ids.isEmpty()) {
            Set<String> there = new HashSet<>(next.ids(ids.getFirst(), ImageQuery.MOST));
            // The first one itself is not behind itself.
            if (next.get(ids.getFirst()).isEmpty()) {
                return false;
            }
            for (String id : ids.subList(1, ids.size())) {
                if (!there.contains(id) && next.get(id).isEmpty()) {
                    return false;
                }
            }
            ids = former.ids(ids.getLast(), ImageQuery.MOST);
        }
        return true;
    }
}
