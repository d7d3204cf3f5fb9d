package phifleet.worker.index;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;

/** How engines keep what is known of an image: as JSON, and its labels and words as terms that it is found by. */
public final class RecordFormat {
    /** Engines take no longer terms; a label beyond it is found by its beginning. */
    private static final int LONGEST_LABEL = 1000;

    private static final JsonMapper JSON = JsonMapper.builder()
            // What a later version writes beside it.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private RecordFormat() {}

    /** A JSON object in UTF-8. */
    public static byte[] write(ImageRecord image) throws IOException {
        return JSON.writeValueAsBytes(image);
    }

    /** What {@link #write} wrote, a part of some bytes. */
    public static ImageRecord read(byte[] bytes, int offset, int length) throws IOException {
        return JSON.readValue(bytes, offset, length, ImageRecord.class);
    }

    /** What {@link #write} wrote, parsed. */
    public static ImageRecord read(JsonNode json) throws IOException {
        return JSON.treeToValue(json, ImageRecord.class);
    }

    /** The labels of what was found in an image, each once. */
    public static List<String> terms(ImageRecord image) {
        List<Detected> faces = image.faces() == null ? List.of() : image.faces();
        return Stream.concat(image.detections().stream(), faces.stream())
                .map(detected -> term(detected.label()))
                .distinct()
                .toList();
    }

    /** The parts of words that are written in an image, each once. */
    public static List<String> words(ImageRecord image) {
        List<WrittenLine> lines = image.ocr() == null ? List.of() : image.ocr();
        return lines.stream()
                .flatMap(line -> Words.kept(line.text()).stream())
                .distinct()
                .toList();
    }

    /** What a label is found by. */
    public static String term(String label) {
        return label.length() <= LONGEST_LABEL ? label : label.substring(0, LONGEST_LABEL);
    }
}
