package phifleet.worker.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.IndexWriter;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * One group of changes, each held against what is committed and what came before it in the group; nothing durable is answered before
 * {@link #answer}. For the index's one thread.
 */
final class LuceneChanges {
    private final IndexReader committed;
    private final IndexWriter writer;
    private final Map<String, String> idByPixels = new HashMap<>();
    private final Map<String, Boolean> presence = new HashMap<>();
    private final List<Runnable> answers = new ArrayList<>();
    private boolean changed;

    LuceneChanges(IndexReader committed, IndexWriter writer) {
        this.committed = committed;
        this.writer = writer;
    }

    /** Whether anything has to be committed. */
    boolean changed() {
        return changed;
    }

    void answer() {
        answers.forEach(Runnable::run);
    }

    void make(Operation operation) throws IOException {
        switch (operation) {
            case Operation.Putting putting -> put(putting);
            case Operation.Deleting(String id, var outcome) -> {
                boolean was = has(id);
                if (was) {
                    writer.deleteDocuments(LuceneFields.id(id));
                    presence.put(id, false);
                    idByPixels.values().remove(id);
                    changed = true;
                }
                answers.add(() -> outcome.complete(was));
            }
        }
    }

    private void put(Operation.Putting putting) throws IOException {
        ImageRecord image = putting.image();
        Put present = present(image);
        if (present != null) {
            // One of this group is not there before the group is.
            answers.add(() -> putting.outcome().complete(present));
            return;
        }
        writer.addDocument(LuceneFields.document(image, putting.vector().values()));
        presence.put(image.id(), true);
        idByPixels.put(image.pixels(), image.id());
        changed = true;
        if (putting.durable()) {
            answers.add(() -> putting.outcome().complete(new Put.Created()));
        } else {
            putting.outcome().complete(new Put.Created());
        }
    }

    private @Nullable Put present(ImageRecord image) throws IOException {
        if (has(image.id())) {
            return new Put.Present(image.id(), Put.Sameness.FILE);
        }
        String twin = idByPixels.get(image.pixels());
        if (twin == null) {
            twin = committedId(LuceneFields.pixels(image.pixels()));
        }
        return twin == null || Boolean.FALSE.equals(presence.get(twin))
                ? null
                : new Put.Present(twin, Put.Sameness.PIXELS);
    }

    private boolean has(String id) throws IOException {
        Boolean now = presence.get(id);
        return now == null ? committedId(LuceneFields.id(id)) != null : now;
    }

    /** The id of the committed document with a term; null where there is none. */
    private @Nullable String committedId(Term term) throws IOException {
        for (LeafReaderContext leaf : committed.leaves()) {
            PostingsEnum found = leaf.reader().postings(term, PostingsEnum.NONE);
            if (found == null) {
                continue;
            }
            Bits live = leaf.reader().getLiveDocs();
            for (int doc = found.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = found.nextDoc()) {
                if (live == null || live.get(doc)) {
                    BytesRef stored = leaf.reader().storedFields().document(doc).getBinaryValue(LuceneFields.RECORD);
                    return LuceneFields.record(stored).id();
                }
            }
        }
        return null;
    }
}
