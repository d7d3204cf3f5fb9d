package phifleet.worker.http.predict;

import io.vertx.core.MultiMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.inference.vision.output.DetectionOptions;

/**
 * What is wanted of an image.
 *
 * @param topK how many of the likeliest classes
 * @param threshold the score that a class or a box must reach; negative for the usual one
 * @param iou how much two boxes of one class may overlap
 */
record ImageWishes(int topK, double threshold, double iou) {
    static final ImageWishes USUAL = new ImageWishes(5, -1, DetectionOptions.DEFAULT.iou());
    static final int MOST = 100_000;

    /** The fields of a request for an image. */
    static final List<String> FIELDS = List.of("image", "top_k", "threshold", "iou");

    double threshold(double usual) {
        return threshold < 0 ? usual : threshold;
    }

    /** Reads {@code ?top_k=}, {@code ?threshold=} and {@code ?iou=}. */
    static ImageWishes of(MultiMap query) throws BadBody {
        double topK = number(query, "top_k", USUAL.topK, 1, MOST);
        if (topK != Math.rint(topK)) {
            throw wrong("top_k", Double.toString(topK), "a whole number from 1 to " + MOST);
        }
        return new ImageWishes((int) topK, number(query, "threshold", -1, 0, 1), number(query, "iou", USUAL.iou, 0, 1));
    }

    ImageWishes withTopK(int other) {
        return new ImageWishes(other, threshold, iou);
    }

    ImageWishes withThreshold(double other) {
        return new ImageWishes(topK, other, iou);
    }

    ImageWishes withIou(double other) {
        return new ImageWishes(topK, threshold, other);
    }

    private static double number(MultiMap query, String key, double fallback, double least, double most)
            throws BadBody {
        @Nullable String text = query.get(key);
        if (text == null) {
            return fallback;
        }
        String bound = "a number from " + (int) least + " to " + (int) most;
        if (!text.matches("\\d{1,9}(\\.\\d{1,9})?")) {
            throw wrong(key, text, bound);
        }
        double value = Double.parseDouble(text);
        if (value < least || value > most) {
            throw wrong(key, text, bound);
        }
        return value;
    }

    private static BadBody wrong(String key, String value, String bound) {
        return BadBody.value(Problem.badRequest(
                "invalid_value", "`" + key + "` must be " + bound + ", was '" + Excerpt.of(value) + "'", key));
    }
}
