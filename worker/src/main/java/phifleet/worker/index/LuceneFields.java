package phifleet.worker.index;

import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.KnnFloatVectorField;
import org.apache.lucene.document.NumericDocValuesField;
import org.apache.lucene.document.StoredField;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.Term;
import org.apache.lucene.index.VectorSimilarityFunction;
import org.apache.lucene.util.BytesRef;

/** An image as a document of Lucene's: what it is looked for by, and all that is known of it as JSON. */
final class LuceneFields {
    static final String VECTOR = "vector";
    static final String RECORD = "record";
    static final String INDEXED_AT = "indexed_at";
    static final String ID = "id";
    private static final String PIXELS = "pixels";
    private static final String LABEL = "label";
    private static final String WORD = "word";

    private LuceneFields() {}

    /** @param unit of length one */
    static Document document(ImageRecord image, float[] unit) throws IOException {
        Document document = new Document();
        document.add(new StringField(ID, image.id(), Field.Store.NO));
        document.add(new StringField(PIXELS, image.pixels(), Field.Store.NO));
        for (String label : RecordFormat.terms(image)) {
            document.add(new StringField(LABEL, label, Field.Store.NO));
        }
        for (String word : RecordFormat.words(image)) {
            document.add(new StringField(WORD, word, Field.Store.NO));
        }
        document.add(new NumericDocValuesField(INDEXED_AT, image.indexedAt()));
        document.add(new KnnFloatVectorField(VECTOR, unit, VectorSimilarityFunction.DOT_PRODUCT));
        document.add(new StoredField(RECORD, RecordFormat.write(image)));
        return document;
    }

    static ImageRecord record(BytesRef stored) throws IOException {
        return RecordFormat.read(stored.bytes, stored.offset, stored.length);
    }

    static Term id(String id) {
        return new Term(ID, id);
    }

    static Term pixels(String pixels) {
        return new Term(PIXELS, pixels);
    }

    /** All that an image must have. */
    static List<Term> filters(ImageQuery query) {
        return Stream.concat(
                        query.labels().stream().map(label -> new Term(LABEL, RecordFormat.term(label))),
                        query.words().stream().map(word -> new Term(WORD, word)))
                .toList();
    }
}
