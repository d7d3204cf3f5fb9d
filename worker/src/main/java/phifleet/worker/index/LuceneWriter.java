package phifleet.worker.index;

import java.io.IOException;
import java.util.List;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.IndexWriterConfig;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.SearcherManager;
import org.apache.lucene.store.Directory;
import org.jspecify.annotations.Nullable;

/**
 * Makes groups of changes in a folder that it holds locked, a commit a group. After a commit that failed, as on a full disk, the folder
 * is as it was before the group, and the next group tries anew. For the index's one thread.
 */
final class LuceneWriter {
    private final Directory directory;
    private final VectorSource source;
    private final boolean quantised;
    private @Nullable IndexWriter writer;

    LuceneWriter(Directory directory, VectorSource source, boolean quantised) throws IOException {
        this.directory = directory;
        this.source = source;
        this.quantised = quantised;
        try {
            // An index of nothing, so that there is something to read.
            open().commit();
        } catch (IOException | RuntimeException | Error e) {
            // Else the folder stays locked, and nobody can open it until this process ends.
            discard();
            throw e;
        }
    }

    private IndexWriter open() throws IOException {
        if (writer == null) {
            IndexWriterConfig config = new IndexWriterConfig(null)
                    .setCodec(VectorFormats.codec(quantised))
                    .setCommitOnClose(false)
                    // What waits for the commit would wait for the merge.
                    .setMaxFullFlushMergeWaitMillis(0);
            IndexWriter opened = new IndexWriter(directory, config);
            opened.setLiveCommitData(LuceneSource.write(source).entrySet());
            writer = opened;
        }
        return writer;
    }

    /**
     * Makes changes and answers each; searchers see them before anybody hears of them.
     *
     * @throws IOException if none of them was made
     */
    void write(List<Operation> group, SearcherManager searchers) throws IOException {
        try {
            IndexSearcher searcher = searchers.acquire();
            LuceneChanges changes;
            try {
                IndexReader committed = searcher.getIndexReader();
                changes = new LuceneChanges(committed, open());
                for (Operation operation : group) {
                    changes.make(operation);
                }
            } finally {
                searchers.release(searcher);
            }
            if (changes.changed()) {
                open().commit();
                searchers.maybeRefreshBlocking();
            }
            changes.answer();
        } catch (IOException | RuntimeException | Error e) {
            discard();
            throw e;
        }
    }

    private void discard() {
        if (writer != null) {
            try {
                writer.rollback();
            } catch (IOException | RuntimeException e) {
                // Nothing of it was committed, which is all that it is for.
            }
            writer = null;
        }
    }

    void close() {
        discard();
    }
}
