package phifleet.worker.index;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
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
    private static final String ID = "id";
    private static final String PIXELS = "pixels";
    private static final String LABEL = "label";

    /** Lucene takes no longer terms; a label beyond it is found by its beginning. */
    private static final int LONGEST_LABEL = 1000;

    private static final JsonMapper JSON = JsonMapper.builder()
            // What a later version writes beside it.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private LuceneFields() {}

    /** @param unit of length one */
    static Document document(ImageRecord image, float[] unit) throws IOException {
        Document document = new Document();
        document.add(new StringField(ID, image.id(), Field.Store.NO));
        document.add(new StringField(PIXELS, image.pixels(), Field.Store.NO));
        for (String label :
                image.detections().stream().map(Detected::label).distinct().toList()) {
            document.add(new StringField(LABEL, cut(label), Field.Store.NO));
        }
        document.add(new NumericDocValuesField(INDEXED_AT, image.indexedAt()));
        document.add(new KnnFloatVectorField(VECTOR, unit, VectorSimilarityFunction.DOT_PRODUCT));
        document.add(new StoredField(RECORD, JSON.writeValueAsBytes(image)));
        return document;
    }

    static ImageRecord record(BytesRef stored) throws IOException {
        return JSON.readValue(stored.bytes, stored.offset, stored.length, ImageRecord.class);
    }

    static Term id(String id) {
        return new Term(ID, id);
    }

    static Term pixels(String pixels) {
        return new Term(PIXELS, pixels);
    }

    static List<Term> labels(List<String> labels) {
        return labels.stream().map(label -> new Term(LABEL, cut(label))).toList();
    }

    private static String cut(String label) {
        return label.length() <= LONGEST_LABEL ? label : label.substring(0, LONGEST_LABEL);
    }
}
