package phifleet.gateway.http.routing;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import phifleet.common.IndexRoutes;
import phifleet.common.ModelRoutes;
import phifleet.gateway.balance.Worker;
import phifleet.http.Backpressure;
import phifleet.http.EdgeServer;
import phifleet.http.EdgeSettings;
import phifleet.http.Urgency;
import phifleet.http.dialect.Dialects;

/**
 * Where a request goes.
 *
 * @param uri what the worker is asked for
 * @param path of that, without the query
 * @param pinned the one worker that may answer; null where any may
 */
public record RequestTarget(
        String uri, String path, @Nullable Worker pinned) {
    /** Images may come for as long as they come at the least pace. */
    private static final Duration LONGEST_INGEST = Duration.ofDays(1);

    private static final String STREAM = Dialects.INFERENCE_SERVICE + "ModelStreamInfer";

    /** The same for another model, where its path names one. */
    public RequestTarget naming(String model) {
        String named = ModelRoutes.naming(path, model);
        return uri.startsWith(path) ? new RequestTarget(named + uri.substring(path.length()), named, pinned) : this;
    }

    /** Whether it is a gRPC call. */
    public boolean isCall() {
        return GrpcModelName.isCall(path);
    }

    /** Whether it brings images, as many and for as long as it likes: the worker bounds each of them, and reads no faster than it can. */
    public boolean isIngest() {
        return path.equals(IndexRoutes.INGEST);
    }

    /** The longest body that is taken, in bytes. */
    public long limit(EdgeSettings settings) {
        return isStream() || isIngest() ? Long.MAX_VALUE : settings.maxBodyBytes();
    }

    /** What may wait here, in bytes, of a body that flows: of a stream its answers too, since its client may read none for long. */
    public long waitingBytes() {
        if (!isCall()) {
            return Backpressure.MOST_WAITING_BYTES;
        }
        return isStream() ? 2L * EdgeServer.CALL_WINDOW_BYTES : EdgeServer.CALL_WINDOW_BYTES;
    }

    /** The least pace of a body that flows, in bytes a second. */
    public int pace(EdgeSettings settings) {
        return isStream() ? 0 : settings.bodyBytesPerSecond();
    }

    /**
     * How soon it has to be served.
     *
     * @param asked what its head says
     */
    public Urgency urgency(Urgency asked, long nowNanos, EdgeSettings settings) {
        if (isIngest()) {
            // Each of its images has the deadline that its head may name, at the worker.
            return new Urgency(asked.priority(), nowNanos + LONGEST_INGEST.toNanos(), false);
        }
        // Until its first message came nobody waited.
        return isStream() && !asked.named()
                ? new Urgency(
                        asked.priority(), nowNanos + settings.requestTimeout().toNanos(), false)
                : asked;
    }

    /** Whether messages go both ways for as long as the client likes. */
    public boolean isStream() {
        return path.equals(STREAM);
    }
}
