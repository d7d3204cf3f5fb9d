package phifleet.worker.bench.gpu;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;

/** Something seen in a photo, from its left upper to its right lower corner in the photo's own pixels. */
record Detection(String name, double confidence, double left, double top, double right, double bottom) {
    /** Of COCO's 80 classes those that the golden photos show. */
    private static final Map<Integer, String> NAMES = Map.of(
            0,
            "person",
            1,
            "bicycle",
            2,
            "car",
            7,
            "truck",
            15,
            "cat",
            16,
            "dog",
            17,
            "horse",
            39,
            "bottle",
            40,
            "wine_glass",
            41,
            "cup");

    private static final double LEAST_CONFIDENCE = 0.5;
    private static final double MOST_OVERLAP = 0.45;

    /**
     * What a head of YOLO's version 8 says of a photo in a square frame: for each place four numbers of its box and one a class.
     *
     * @param output (4 + classes) × places
     * @param side of the frame
     */
    static List<Detection> of(FloatBuffer output, int places, Photo photo, int side) {
        int classes = output.remaining() / places - 4;
        double scale = (double) side / Math.max(photo.width, photo.height);
        long left = (side - Math.round(photo.width * scale)) / 2;
        long top = (side - Math.round(photo.height * scale)) / 2;
        List<Detection> found = new ArrayList<>();
        for (int place = 0; place < places; place++) {
            for (int label = 0; label < classes; label++) {
                double confidence = output.get((4 + label) * places + place);
                if (confidence > LEAST_CONFIDENCE) {
                    double x = output.get(place) - left;
                    double y = output.get(places + place) - top;
                    double halfWidth = output.get(2 * places + place) / 2;
                    double halfHeight = output.get(3 * places + place) / 2;
                    found.add(new Detection(
                            NAMES.getOrDefault(label, "class " + label),
                            confidence,
                            (x - halfWidth) / scale,
                            (y - halfHeight) / scale,
                            (x + halfWidth) / scale,
                            (y + halfHeight) / scale));
                }
            }
        }
        found.sort(Comparator.comparingDouble(Detection::confidence).reversed());
        List<Detection> kept = new ArrayList<>();
        for (Detection one : found) {
            if (kept.stream().noneMatch(other -> other.name.equals(one.name) && other.overlap(one) > MOST_OVERLAP)) {
                kept.add(one);
            }
        }
        return kept;
    }

    static List<Detection> read(JsonNode golden) {
        return StreamSupport.stream(golden.spliterator(), false)
                .map(one -> new Detection(
                        one.path("cls").asText(),
                        one.path("conf").asDouble(),
                        one.path("box").path(0).asDouble(),
                        one.path("box").path(1).asDouble(),
                        one.path("box").path(2).asDouble(),
                        one.path("box").path(3).asDouble()))
                .toList();
    }

    /** Intersection over union. */
    double overlap(Detection other) {
        double both = Math.max(0, Math.min(right, other.right) - Math.max(left, other.left))
                * Math.max(0, Math.min(bottom, other.bottom) - Math.max(top, other.top));
        return both / (area() + other.area() - both);
    }

    private double area() {
        return (right - left) * (bottom - top);
    }
}
