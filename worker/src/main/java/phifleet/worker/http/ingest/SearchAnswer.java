package phifleet.worker.http.ingest;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import phifleet.http.json.JsonOutput;
import phifleet.inference.tensor.ImageModel;
import phifleet.worker.index.Fingerprint;
import phifleet.worker.index.Hit;

/**
 * Writes what was found. Each hit says how it matches: {@code exact} (the same file), {@code pixels} (the same picture in another
 * file), {@code near} (a cosine from the threshold on), {@code similar}; by {@code text}, or without a score by {@code labels} or {@code ocr}.
 *
 * @param near the threshold
 */
record SearchAnswer(double near, ImageModel encoder, long startNanos) {
    private static final String SIMILAR = "similar";
    private static final String BY_LABELS = "labels";
    private static final String BY_TEXT = "text";
    private static final String BY_WRITING = "ocr";
    private static final Set<String> NO_DUPLICATES = Set.of(SIMILAR, BY_LABELS, BY_TEXT, BY_WRITING);

    /** The image that was searched by has this content. */
    JsonOutput byImage(List<Hit> hits, Fingerprint print, String pixels) {
        return write(
                hits,
                hit -> hit.image().id().equals(print.id())
                        ? "exact"
                        : hit.image().pixels().equals(pixels) ? "pixels" : byScore(hit));
    }

    JsonOutput plain(List<Hit> hits) {
        return write(hits, this::byScore);
    }

    /** No picture is the duplicate of a text. */
    JsonOutput byText(List<Hit> hits) {
        return write(hits, hit -> BY_TEXT);
    }

    /** Found by what is written in them, without a score. */
    JsonOutput byWriting(List<Hit> hits) {
        return write(hits, hit -> BY_WRITING);
    }

    private String byScore(Hit hit) {
        Double score = hit.score();
        return score == null ? BY_LABELS : score >= near ? "near" : SIMILAR;
    }

    @FunctionalInterface
    private interface Matching {
        String of(Hit hit);
    }

    private JsonOutput write(List<Hit> hits, Matching matching) {
        JsonOutput out = new JsonOutput(1024).beginObject();
        out.member("results").beginList();
        for (Hit hit : hits) {
            String match = matching.of(hit);
            out.beginObject();
            if (hit.score() == null) {
                out.member("score").none();
            } else {
                out.member("score").number(Objects.requireNonNull(hit.score()).doubleValue());
            }
            out.member("match").string(match);
            out.member("near_duplicate").flag(!NO_DUPLICATES.contains(match));
            RecordJson.write(hit.image(), out);
            out.endObject();
        }
        out.endList();
        out.member("total").number(hits.size());
        out.member("near_duplicate_threshold").number(near);
        out.member("model").string(encoder.description().id());
        return out.member("processing_time_ms")
                .millis(System.nanoTime() - startNanos)
                .endObject();
    }
}
