package phifleet.worker.index;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one image but for its vector, or of one thing that was found in an image: that has an id of its own, and its parent's
 * name, size and metadata.
 *
 * @param id of the content ({@link Fingerprint})
 * @param pixels hash of what was decoded
 * @param name what the caller calls it; null where it has no name
 * @param width upright, in pixels
 * @param bytes of the file
 * @param indexedAt in milliseconds since 1970
 * @param detector the model that found the detections; empty where none looked
 * @param metadata the caller's own: texts, numbers, truth values
 * @param faces that were found; null where nobody looked for any
 * @param ocr the lines of text that were read; null where nobody read any
 * @param parent the id of the image that the thing is in; null for an image
 */
public record ImageRecord(
        String id,
        String imohash,
        String pixels,
        @Nullable String name,
        int width,
        int height,
        long bytes,
        long indexedAt,
        String detector,
        List<Detected> detections,
        Map<String, Object> metadata,
        @Nullable List<Detected> faces,
        @Nullable List<WrittenLine> ocr,
        @Nullable String parent) {
    /** Between a parent's id and a thing's number; less than every digit, so that an image's things follow it in the order of ids. */
    private static final String NUMBERED = "-";

    public ImageRecord {
        detections = List.copyOf(detections);
        faces = faces == null ? null : List.copyOf(faces);
        ocr = ocr == null ? null : List.copyOf(ocr);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }

    /** An image in which nobody looked for faces, nor for text. */
    public ImageRecord(
            String id,
            String imohash,
            String pixels,
            @Nullable String name,
            int width,
            int height,
            long bytes,
            long indexedAt,
            String detector,
            List<Detected> detections,
            Map<String, Object> metadata) {
        this(
                id,
                imohash,
                pixels,
                name,
                width,
                height,
                bytes,
                indexedAt,
                detector,
                detections,
                metadata,
                null,
                null,
                null);
    }

    /**
     * Something that was found in it, as an entry of its own. It is the same whenever it is asked for, so that it is in an index once.
     *
     * @param number of the detection
     */
    public ImageRecord thing(int number) {
        return new ImageRecord(
                id + NUMBERED + number,
                imohash,
                pixels + NUMBERED + number,
                name,
                width,
                height,
                bytes,
                indexedAt,
                detector,
                List.of(detections.get(number)),
                metadata,
                null,
                null,
                id);
    }

    /** The pixels of the image in whose place a picture or a thing is kept, by its own. */
    public static String pixelsOfImage(String pixels) {
        int end = pixels.lastIndexOf(NUMBERED);
        return end < 0 ? pixels : pixels.substring(0, end);
    }

    /** Whether an id is that of something in an image. */
    public static boolean isThing(String thing, String image) {
        return thing.startsWith(image + NUMBERED);
    }
}
