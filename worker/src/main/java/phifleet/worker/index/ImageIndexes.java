package phifleet.worker.index;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The indexes of one folder, one for each source of vectors, opened when first asked for. Thread-safe. */
public final class ImageIndexes implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ImageIndexes.class);

    private final Opener opener;
    private final Census census;
    private final Map<VectorSource, ImageIndex> open = new HashMap<>();
    private boolean closed;

    /** Opens the index of a source. */
    @FunctionalInterface
    public interface Opener {
        ImageIndex open(VectorSource source) throws IndexException;
    }

    /** Counts the indexes that have images, open or not. */
    @FunctionalInterface
    public interface Census {
        List<IndexState> filled() throws IndexException;

        /** Whether the index of a source may have something. */
        default boolean mayHave(VectorSource source) throws IndexException {
            return filled().stream().anyMatch(state -> state.source().equals(source));
        }
    }

    public ImageIndexes(Opener opener, Census census) {
        this.opener = opener;
        this.census = census;
    }

    /** For a process that keeps none. */
    public static ImageIndexes none() {
        return new ImageIndexes(
                source -> {
                    throw new IndexException("no folder is set for an index");
                },
                List::of);
    }

    /**
     * Those of Lucene's in a folder.
     *
     * @param underWay images that are worked on now, of which most will be put in
     */
    public static ImageIndexes inFolder(Path folder, boolean quantised, IntSupplier underWay) {
        return new ImageIndexes(
                source -> LuceneIndex.open(folder, source, quantised, underWay), () -> LuceneFolder.filled(folder));
    }

    /** The index of a source. */
    public synchronized ImageIndex of(VectorSource source) throws IndexException {
        if (closed) {
            throw new IndexException("the index is closed");
        }
        ImageIndex index = open.get(source);
        if (index == null) {
            index = opener.open(source);
            open.put(source, index);
            warnWhereEmpty(index, source);
        }
        return index;
    }

    /** The same unless there is certainly nothing in it, so that asking makes none. */
    public Optional<ImageIndex> filled(VectorSource source) throws IndexException {
        boolean there;
        synchronized (this) {
            there = open.containsKey(source);
        }
        return there || census.mayHave(source) ? Optional.of(of(source)) : Optional.empty();
    }

    /** The indexes that have images, open or not. */
    public List<IndexState> filled() throws IndexException {
        return census.filled();
    }

    /** The indexes of the same contents with images whose vectors are of other sources: those images are not found by this one's. */
    public List<IndexState> others(VectorSource source) throws IndexException {
        return census.filled().stream()
                .filter(state -> state.source().contents() == source.contents()
                        && !state.source().equals(source))
                .toList();
    }

    private void warnWhereEmpty(ImageIndex index, VectorSource source) throws IndexException {
        List<IndexState> others = others(source);
        if (!others.isEmpty() && index.state().images() == 0) {
            LOG.warn(
                    "the index of {} is empty; images that were sent before lie beside it, with vectors of another model, and are"
                            + " found once they are sent again: {}",
                    source,
                    others);
        }
    }

    /** Ends when what was asked of them before is done. */
    @Override
    public synchronized void close() {
        closed = true;
        open.values().forEach(ImageIndex::close);
        open.clear();
    }
}
