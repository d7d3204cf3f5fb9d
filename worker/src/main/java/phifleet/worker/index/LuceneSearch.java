package phifleet.worker.index;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.apache.lucene.index.FloatVectorValues;
import org.apache.lucene.index.KnnVectorValues;
import org.apache.lucene.index.LeafReaderContext;
import org.apache.lucene.index.ReaderUtil;
import org.apache.lucene.index.Term;
import org.apache.lucene.search.BooleanClause;
import org.apache.lucene.search.BooleanQuery;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.KnnFloatVectorQuery;
import org.apache.lucene.search.MatchAllDocsQuery;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TermQuery;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.Vector;

/** Reads of one commit. */
final class LuceneSearch {
    /** Candidates beyond those that are wanted: a graph finds the nearest more surely, and floats put quantised ones in order. */
    private static final int MORE = 40;

    private LuceneSearch() {}

    static Optional<ImageRecord> get(IndexSearcher searcher, String id) throws IOException {
        ScoreDoc[] found = byId(searcher, id);
        return found.length == 0 ? Optional.empty() : Optional.of(record(searcher, found[0].doc));
    }

    static Optional<Put> present(IndexSearcher searcher, String id, String pixels) throws IOException {
        if (byId(searcher, id).length > 0) {
            return Optional.of(new Put.Present(id, Put.Sameness.FILE));
        }
        ScoreDoc[] twins = searcher.search(new TermQuery(LuceneFields.pixels(pixels)), 1).scoreDocs;
        return twins.length == 0
                ? Optional.empty()
                : Optional.of(new Put.Present(record(searcher, twins[0].doc).id(), Put.Sameness.PIXELS));
    }

    static Optional<Vector> vector(IndexSearcher searcher, String id) throws IOException {
        ScoreDoc[] found = byId(searcher, id);
        return found.length == 0 ? Optional.empty() : Optional.of(new Vector(vector(searcher, found[0].doc)));
    }

    private static ScoreDoc[] byId(IndexSearcher searcher, String id) throws IOException {
        return searcher.search(new TermQuery(LuceneFields.id(id)), 1).scoreDocs;
    }

    static List<Hit> newest(IndexSearcher searcher, ImageQuery query) throws IOException {
        Query filter = filter(query);
        List<Hit> hits = new ArrayList<>();
        Sort newestFirst = new Sort(new SortField(LuceneFields.INDEXED_AT, SortField.Type.LONG, true));
        for (ScoreDoc found : searcher.search(
                        filter == null ? MatchAllDocsQuery.INSTANCE : filter, query.k(), newestFirst)
                .scoreDocs) {
            hits.add(new Hit(record(searcher, found.doc), null));
        }
        return hits;
    }

    static List<Hit> nearest(IndexSearcher searcher, ImageQuery query, Vector unit) throws IOException {
        int candidates = query.k() + MORE;
        Query nearest = new KnnFloatVectorQuery(LuceneFields.VECTOR, unit.values(), candidates, filter(query));
        record Scored(int doc, double cosine) {}
        List<Scored> scored = new ArrayList<>();
        for (ScoreDoc found : searcher.search(nearest, candidates).scoreDocs) {
            // Quantised scores are near the truth, and thresholds want it.
            double cosine = Math.clamp(UnitVector.dot(vector(searcher, found.doc), unit.values()), -1, 1);
            if (cosine >= query.minScore()) {
                scored.add(new Scored(found.doc, cosine));
            }
        }
        scored.sort(Comparator.comparingDouble(Scored::cosine).reversed());
        List<Hit> hits = new ArrayList<>();
        for (Scored found : scored.subList(0, Math.min(query.k(), scored.size()))) {
            hits.add(new Hit(record(searcher, found.doc()), found.cosine()));
        }
        return hits;
    }

    private static @Nullable Query filter(ImageQuery query) {
        List<Term> terms = LuceneFields.filters(query);
        if (terms.isEmpty()) {
            return null;
        }
        BooleanQuery.Builder all = new BooleanQuery.Builder();
        for (Term term : terms) {
            all.add(new TermQuery(term), BooleanClause.Occur.FILTER);
        }
        return all.build();
    }

    private static ImageRecord record(IndexSearcher searcher, int doc) throws IOException {
        return LuceneFields.record(searcher.storedFields().document(doc).getBinaryValue(LuceneFields.RECORD));
    }

    private static float[] vector(IndexSearcher searcher, int doc) throws IOException {
        List<LeafReaderContext> leaves = searcher.getIndexReader().leaves();
        LeafReaderContext leaf = leaves.get(ReaderUtil.subIndex(doc, leaves));
        FloatVectorValues values = leaf.reader().getFloatVectorValues(LuceneFields.VECTOR);
        if (values != null) {
            KnnVectorValues.DocIndexIterator places = values.iterator();
            if (places.advance(doc - leaf.docBase) == doc - leaf.docBase) {
                return values.vectorValue(places.index()).clone();
            }
        }
        throw new IOException("document " + doc + " has no vector");
    }
}
