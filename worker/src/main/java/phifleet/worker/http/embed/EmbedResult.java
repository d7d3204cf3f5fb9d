package phifleet.worker.http.embed;

import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.inference.lane.Timing;
import phifleet.inference.model.NumberRanges;
import phifleet.inference.model.Vector;
import phifleet.inference.text.Embeddings;
import phifleet.inference.text.Encoding;
import phifleet.inference.text.SentenceEncoder;

/**
 * A request that was served.
 *
 * @param pooled one an input, neither cut nor normalised
 * @param startNanos when the request came
 * @param requestId its own, or the one that it was given
 */
record EmbedResult(
        EmbedRequest request,
        SentenceEncoder encoder,
        Encoding.Encoded encoded,
        List<Vector> pooled,
        Timing timing,
        long startNanos,
        String requestId) {

    /** Of the vectors' numbers; null where nobody measured them. */
    @Nullable
    NumberRanges ranges() {
        return encoder.task().ranges();
    }

    int dimensions() {
        return request.dimensions() == 0 ? encoder.dimension() : request.dimensions();
    }

    /**
     * The vector as the request wants it: cut last where the model's own modules scale it, so that it is not scaled again; scaled
     * last where the request asks for that.
     */
    Vector vector(int index) {
        Vector vector = pooled.get(index);
        if (request.normalize() != null) {
            return Embeddings.finish(vector, dimensions(), request.normalize());
        }
        return Embeddings.usual(vector, dimensions(), encoder.task().normalize());
    }
}
