package phifleet.worker.http.ingest;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import phifleet.http.json.JsonOutput;
import phifleet.worker.index.Detected;
import phifleet.worker.index.ImageRecord;
import phifleet.worker.index.WrittenLine;

/** Writes what is known of an image. */
final class RecordJson {
    private RecordJson() {}

    /** Into an object that is open. */
    static void write(ImageRecord image, JsonOutput out) {
        String parent = image.parent();
        out.member("image").string(parent == null ? image.id() : parent);
        if (parent != null) {
            out.member("thing").string(image.id());
        }
        out.member("id").optional(image.name());
        out.member("imohash").string(image.imohash());
        out.member("pixels").string(image.pixels());
        out.member("width").number(image.width()).member("height").number(image.height());
        out.member("bytes").number(image.bytes());
        out.member("indexed_at").string(Instant.ofEpochMilli(image.indexedAt()).toString());
        out.member("detector").optional(image.detector().isEmpty() ? null : image.detector());
        out.member("detections");
        boxes(image.detections(), out);
        List<Detected> faces = image.faces();
        if (faces != null) {
            out.member("faces");
            boxes(faces, out);
        }
        List<WrittenLine> lines = image.ocr();
        if (lines != null) {
            out.member("ocr");
            lines(lines, out);
        }
        metadata(image, out);
    }

    /** A list of them. */
    static void lines(List<WrittenLine> lines, JsonOutput out) {
        out.beginList();
        for (WrittenLine line : lines) {
            float[] corners = new float[line.corners().size()];
            for (int i = 0; i < corners.length; i++) {
                corners[i] = line.corners().get(i);
            }
            out.beginObject().member("text").string(line.text());
            out.member("score").number(line.score());
            out.member("corners").numbers(corners);
            out.endObject();
        }
        out.endList();
    }

    /** A list of them. */
    static void boxes(List<Detected> boxes, JsonOutput out) {
        out.beginList();
        for (Detected detected : boxes) {
            out.beginObject().member("label").string(detected.label());
            out.member("score").number(detected.score());
            out.member("box").numbers(new float[] {detected.x1(), detected.y1(), detected.x2(), detected.y2()});
            out.endObject();
        }
        out.endList();
    }

    private static void metadata(ImageRecord image, JsonOutput out) {
        out.member("metadata").beginObject();
        for (Map.Entry<String, Object> entry : image.metadata().entrySet()) {
            out.anyMember(entry.getKey());
            switch (entry.getValue()) {
                case Boolean value -> out.flag(value);
                case Integer value -> out.number(value.longValue());
                case Long value -> out.number(value);
                case Number value -> out.number(value.doubleValue());
                case Object value -> out.string(value.toString());
            }
        }
        out.endObject();
    }
}
