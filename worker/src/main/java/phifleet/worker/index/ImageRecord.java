package phifleet.worker.index;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one image but for its vector.
 *
 * @param id of the content ({@link Fingerprint})
 * @param pixels hash of what was decoded
 * @param name what the caller calls it; null where it has no name
 * @param width upright, in pixels
 * @param bytes of the file
 * @param indexedAt in milliseconds since 1970
 * @param detector the model that found the detections; empty where none looked
 * @param metadata the caller's own: texts, numbers, truth values
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
        Map<String, Object> metadata) {
    public ImageRecord {
        detections = List.copyOf(detections);
        metadata = Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
    }
}
