package phifleet.worker.index;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.Vector;

/**
 * Images by their content, and by their vectors. All vectors are of one {@link VectorSource}. Thread-safe; what reads does so on the
 * calling thread and may wait for a disk or a network.
 */
public interface ImageIndex extends AutoCloseable {

    /**
     * Puts an image in unless it is there already: of many at once one is {@link Put.Created}.
     *
     * @param vector of {@link VectorSource#dimension} finite numbers, not all of them 0
     * @param durable whether the answer waits until the image outlives the end of every process; it is found from then on
     * @return fails with an {@link IndexException} where it may or may not have been put, so that it can be put again
     */
    CompletableFuture<Put> put(ImageRecord image, Vector vector, boolean durable);

    /** Takes an image out for good, and says whether it was in. Fails as {@link #put} does. */
    CompletableFuture<Boolean> delete(String id);

    Optional<ImageRecord> get(String id) throws IndexException;

    /** What {@link #put} would be told of an image that is there already; empty where it would go in. */
    Optional<Put> present(String id, String pixels) throws IndexException;

    /** The vector of an image, of length one. */
    Optional<Vector> vector(String id) throws IndexException;

    /** The nearest first, or the newest where the query has no vector. */
    List<Hit> search(ImageQuery query) throws IndexException;

    /**
     * The ids of its images in their order, from one on.
     *
     * @param after the id behind which they begin; null for the first
     * @param most of them, 1 to {@link ImageQuery#MOST}; fewer are the last
     */
    List<String> ids(@Nullable String after, int most) throws IndexException;

    IndexState state() throws IndexException;

    /** Ends when what was asked for before is done. */
    @Override
    void close();
}
