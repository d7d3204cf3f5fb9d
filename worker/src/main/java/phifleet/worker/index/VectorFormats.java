package phifleet.worker.index;

import org.apache.lucene.codecs.Codec;
import org.apache.lucene.codecs.KnnVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104Codec;
import org.apache.lucene.codecs.lucene104.Lucene104HnswScalarQuantizedVectorsFormat;
import org.apache.lucene.codecs.lucene104.Lucene104ScalarQuantizedVectorsFormat.ScalarEncoding;
import org.apache.lucene.codecs.lucene99.Lucene99HnswVectorsFormat;

/**
 * How Lucene lays vectors down. A segment gets a graph once searching it one by one would take longer; until then none is built, so
 * that a small index is exact and filling it costs nothing. What a file holds is in the file: either form is read whatever is set.
 */
final class VectorFormats {
    /** Neighbours of a node: Lucene's own, and the one that was measured (recall@10 of 0.96 at 20,000 × 512). */
    private static final int NEIGHBOURS = 16;

    /** Candidates that are kept while a node is put in, as measured with it. */
    private static final int CANDIDATES = 100;

    /** A segment of n vectors gets a graph where n > ln(n) × this: of some 3,300, which are searched one by one in 2 ms. */
    private static final int GRAPH_THRESHOLD = 400;

    private VectorFormats() {}

    /** @param quantised whether what is searched has 7 bits a number; what is found is scored by the floats all the same */
    static Codec codec(boolean quantised) {
        KnnVectorsFormat format = quantised
                ? new Lucene104HnswScalarQuantizedVectorsFormat(
                        ScalarEncoding.SEVEN_BIT, NEIGHBOURS, CANDIDATES, 1, null, GRAPH_THRESHOLD)
                : new Lucene99HnswVectorsFormat(NEIGHBOURS, CANDIDATES, 1, null, GRAPH_THRESHOLD);
        return new Lucene104Codec() {
            @Override
            public KnnVectorsFormat getKnnVectorsFormatForField(String field) {
                return format;
            }
        };
    }
}
