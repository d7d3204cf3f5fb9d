package phifleet.worker.http.ingest.pipeline;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import phifleet.http.BodyBudget;

/** One image as a request brought it, and the share of the memory for bodies that it holds. Thread-safe. */
public final class GivenImage {
    private final @Nullable String name;
    private final Map<String, Object> metadata;
    private final BodyBudget budget;
    private final long taken;
    private final AtomicBoolean released = new AtomicBoolean();
    private byte[] file;

    /**
     * @param name what the caller calls it
     * @param file not copied
     * @param taken bytes of the budget, given back by {@link #release}
     */
    public GivenImage(@Nullable String name, Map<String, Object> metadata, byte[] file, BodyBudget budget, long taken) {
        this.name = name;
        this.metadata = metadata;
        this.file = file;
        this.budget = budget;
        this.taken = taken;
    }

    @Nullable
    public String name() {
        return name;
    }

    Map<String, Object> metadata() {
        return metadata;
    }

    /** The file; empty once it was released. */
    byte[] file() {
        return file;
    }

    /** Nobody needs the file any more; again without effect. */
    public void release() {
        if (released.compareAndSet(false, true)) {
            file = new byte[0];
            budget.give(taken);
        }
    }
}
