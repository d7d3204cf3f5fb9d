package phifleet.worker.http;

import java.util.List;
import phifleet.inference.lane.Timing;
import phifleet.inference.model.ModelDescription;
import phifleet.inference.model.Vector;
import phifleet.inference.text.Embeddings;
import phifleet.inference.text.Encoding;

/**
 * A request that was served.
 *
 * @param pooled one an input, neither cut nor normalised
 * @param startNanos when the request came
 */
record EmbedResult(
        EmbedRequest request,
        ModelDescription model,
        Encoding.Encoded encoded,
        List<Vector> pooled,
        Timing timing,
        long startNanos) {

    int dimensions() {
        return request.dimensions() == 0 ? model.dimension() : request.dimensions();
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
        Vector whole = model.normalize() ? Embeddings.finish(vector, vector.dimension(), true) : vector;
        return dimensions() == whole.dimension() ? whole : Embeddings.finish(whole, dimensions(), false);
    }

    /** The first input whose vector has a value that is no number; -1 where there is none. */
    int firstNotFinite() {
        for (int i = 0; i < pooled.size(); i++) {
            float sum = 0;
            for (float value : pooled.get(i).values()) {
                // Zero for every finite value, not a number for all others.
                sum += value * 0f;
            }
            if (sum != 0) {
                return i;
            }
        }
        return -1;
    }
}
