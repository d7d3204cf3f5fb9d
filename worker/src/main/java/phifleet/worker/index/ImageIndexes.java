package phifleet.worker.index;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/** The indexes of one folder, one for each source of vectors, opened when first asked for. Thread-safe. */
public final class ImageIndexes implements AutoCloseable {
    private final Opener opener;
    private final Map<VectorSource, ImageIndex> open = new HashMap<>();
    private boolean closed;

    /** Opens the index of a source. */
    @FunctionalInterface
    public interface Opener {
        ImageIndex open(VectorSource source) throws IndexException;
    }

    public ImageIndexes(Opener opener) {
        this.opener = opener;
    }

    /** For a process that keeps none. */
    public static ImageIndexes none() {
        return new ImageIndexes(source -> {
            throw new IndexException("no folder is set for an index");
        });
    }

    /** Those of Lucene's in a folder. */
    public static ImageIndexes inFolder(Path folder, boolean quantised) {
        return new ImageIndexes(source -> LuceneIndex.open(folder, source, quantised));
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
        }
        return index;
    }

    /** Ends when what was asked of them before is done. */
    @Override
    public synchronized void close() {
        closed = true;
        open.values().forEach(ImageIndex::close);
        open.clear();
    }
}
