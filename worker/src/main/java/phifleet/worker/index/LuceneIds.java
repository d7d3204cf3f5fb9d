package phifleet.worker.index;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.index.IndexReader;
import org.apache.lucene.index.LeafReader;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.PostingsEnum;
import org.apache.lucene.index.Terms;
import org.apache.lucene.index.TermsEnum;
import org.apache.lucene.search.DocIdSetIterator;
import org.apache.lucene.util.Bits;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/** The ids in a commit, in their order, without reading any document. */
final class LuceneIds {
    private LuceneIds() {}

    static List<String> from(IndexReader reader, @Nullable String after, int most) throws IOException {
        // The first ones of all segments are among the first ones of each.
        TreeSet<String> first = new TreeSet<>();
        for (LeafReaderContext leaf : reader.leaves()) {
            add(leaf.reader(), after, most, first);
        }
        return first.stream().limit(most).toList();
    }

    private static void add(LeafReader leaf, @Nullable String after, int most, Set<String> into) throws IOException {
        Terms terms = leaf.terms(LuceneFields.ID);
        if (terms == null) {
            return;
        }
        TermsEnum ids = terms.iterator();
        if (after != null && ids.seekCeil(new BytesRef(after + "\0")) == TermsEnum.SeekStatus.END) {
            return;
        }
        BytesRef id = after == null ? ids.next() : ids.term();
        for (int found = 0; id != null && found < most; id = ids.next()) {
            if (isLive(ids, leaf.getLiveDocs())) {
                into.add(id.utf8ToString());
                found++;
            }
        }
    }

    private static boolean isLive(TermsEnum id, @Nullable Bits live) throws IOException {
        if (live == null) {
            return true;
        }
        PostingsEnum documents = id.postings(null, PostingsEnum.NONE);
        for (int doc = documents.nextDoc(); doc != DocIdSetIterator.NO_MORE_DOCS; doc = documents.nextDoc()) {
            if (live.get(doc)) {
                return true;
            }
        }
        return false;
    }
}
