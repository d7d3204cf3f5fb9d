package phifleet.worker.index;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.IntSupplier;
import org.apache.lucene.index.DirectoryReader;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.apache.lucene.store.FSDirectory;
import org.apache.lucene.store.LockObtainFailedException;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.Vector;

/**
 * An index in a folder of this machine, by Lucene (https://lucene.apache.org, Apache-2.0). Changes go through one thread, which
 * commits those that came together as one: an answer waits for one or two commits, whatever else goes on, and what was answered
 * outlives a kill at any moment, since a commit is whole or not there. Readers see commits and nothing else. The folder is locked
 * while it is open.
 */
public final class LuceneIndex implements ImageIndex {
    static final String ENGINE = "lucene";

    static {
        LuceneLog.quieten();
    }

    private final VectorSource source;
    private final Directory directory;
    private final SearcherManager searchers;
    private final LuceneWriter writer;
    private final GroupCommit commits;

    private LuceneIndex(
            VectorSource source,
            Directory directory,
            SearcherManager searchers,
            LuceneWriter writer,
            IntSupplier underWay) {
        this.source = source;
        this.directory = directory;
        this.searchers = searchers;
        this.writer = writer;
        this.commits = new GroupCommit("index", group -> writer.write(group, searchers), underWay);
    }

    /**
     * Opens the index of a source, a folder of its own below the one that is given, or makes it.
     *
     * @param quantised whether vectors are searched in 7 bits a number
     * @param underWay images that are worked on now, of which most will be put in
     * @throws IndexException if another process has it, or it cannot be read or written
     */
    public static LuceneIndex open(Path parent, VectorSource source, boolean quantised, IntSupplier underWay)
            throws IndexException {
        Path folder = parent.resolve(source.folderName());
        // On a thread that nobody interrupts: whoever asks first may be given up by its client, and an interrupt closes
        // the files
        // that it meets. All others wait for the same index.
        CompletableFuture<LuceneIndex> opening = new CompletableFuture<>();
        Thread.ofPlatform().name("index-open").daemon().start(() -> {
            try {
                Files.createDirectories(folder);
                opening.complete(open(FSDirectory.open(folder), source, quantised, underWay));
            } catch (IOException | IndexException | RuntimeException | Error e) {
                opening.completeExceptionally(e);
            }
        });
        try {
            // Waits to the end; an interrupt is kept for what comes after it.
            return opening.join();
        } catch (CompletionException e) {
            throw switch (e.getCause()) {
                case IndexException reason -> reason;
                case LockObtainFailedException locked ->
                    new IndexException("another process has the index in " + folder, locked);
                case null, default ->
                    new IndexException("the index in " + folder + " cannot be opened: " + e.getCause(), e);
            };
        }
    }

    static LuceneIndex open(Directory directory, VectorSource source, boolean quantised, IntSupplier underWay)
            throws IOException, IndexException {
        if (source.dimension() > VectorSource.MAX_DIMENSION) {
            directory.close();
            throw new IndexException("an index takes vectors of at most " + VectorSource.MAX_DIMENSION
                    + " numbers, and " + source.model() + " gives " + source.dimension());
        }
        LuceneWriter writer = null;
        SearcherManager searchers = null;
        try {
            if (DirectoryReader.indexExists(directory)) {
                try (DirectoryReader reader = DirectoryReader.open(directory)) {
                    LuceneSource.require(source, reader.getIndexCommit().getUserData());
                }
            }
            writer = new LuceneWriter(directory, source, quantised);
            searchers = new SearcherManager(directory, null);
            return new LuceneIndex(source, directory, searchers, writer, underWay);
        } catch (IOException | IndexException | RuntimeException e) {
            if (searchers != null) {
                searchers.close();
            }
            if (writer != null) {
                writer.close();
            }
            directory.close();
            throw e;
        }
    }

    @Override
    public CompletableFuture<Put> put(ImageRecord image, Vector vector, boolean durable) {
        try {
            CompletableFuture<Put> outcome = new CompletableFuture<>();
            commits.add(new Operation.Putting(image, UnitVector.of(vector, source), durable, outcome));
            return outcome;
        } catch (IndexException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    @Override
    public CompletableFuture<Boolean> delete(String id) {
        CompletableFuture<Boolean> outcome = new CompletableFuture<>();
        commits.add(new Operation.Deleting(id, outcome));
        return outcome;
    }

    @Override
    public Optional<ImageRecord> get(String id) throws IndexException {
        return read(searcher -> LuceneSearch.get(searcher, id));
    }

    @Override
    public Optional<Put> present(String id, String pixels) throws IndexException {
        return read(searcher -> LuceneSearch.present(searcher, id, pixels));
    }

    @Override
    public Optional<Vector> vector(String id) throws IndexException {
        return read(searcher -> LuceneSearch.vector(searcher, id));
    }

    @Override
    public List<Hit> search(ImageQuery query) throws IndexException {
        if (query.vector() == null) {
            return read(searcher -> LuceneSearch.newest(searcher, query));
        }
        Vector unit = UnitVector.of(query.vector(), source);
        return read(searcher -> LuceneSearch.nearest(searcher, query, unit));
    }

    @Override
    public List<String> ids(@Nullable String after, int most) throws IndexException {
        return read(searcher -> LuceneIds.from(searcher.getIndexReader(), after, most));
    }

    @Override
    public IndexState state() throws IndexException {
        long images = read(searcher -> (long) searcher.getIndexReader().numDocs());
        return new IndexState(images, bytes(), ENGINE, source);
    }

    private long bytes() throws IndexException {
        long bytes = 0;
        try {
            for (String file : directory.listAll()) {
                try {
                    bytes += directory.fileLength(file);
                } catch (NoSuchFileException e) {
                    // A merge has just taken it away.
                }
            }
        } catch (IOException e) {
            throw unreadable(e);
        }
        return bytes;
    }

    @FunctionalInterface
    private interface Reading<T> {
        T read(IndexSearcher searcher) throws IOException;
    }

    private <T> T read(Reading<T> reading) throws IndexException {
        try {
            IndexSearcher searcher = searchers.acquire();
            try {
                return reading.read(searcher);
            } finally {
                searchers.release(searcher);
            }
        } catch (IOException | RuntimeException e) {
            throw unreadable(e);
        }
    }

    private static IndexException unreadable(Exception cause) {
        return new IndexException("the index cannot be read: " + cause.getMessage(), cause);
    }

    @Override
    public void close() {
        commits.close();
        writer.close();
        try {
            searchers.close();
            directory.close();
        } catch (IOException e) {
            // What was answered is on the disk.
        }
    }
}
