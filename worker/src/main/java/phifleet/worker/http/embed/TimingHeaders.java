package phifleet.worker.http.embed;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import phifleet.inference.model.Device;

/** Where the time of a request went, in whole milliseconds, under the names that text-embeddings-inference gave them. */
final class TimingHeaders {
    private static final CharSequence COMPUTE_TYPE = HttpHeaders.createOptimized("x-compute-type");
    private static final CharSequence COMPUTE_TIME = HttpHeaders.createOptimized("x-compute-time");
    private static final CharSequence COMPUTE_CHARACTERS = HttpHeaders.createOptimized("x-compute-characters");
    private static final CharSequence COMPUTE_TOKENS = HttpHeaders.createOptimized("x-compute-tokens");
    private static final CharSequence TOTAL_TIME = HttpHeaders.createOptimized("x-total-time");
    private static final CharSequence TOKENIZATION_TIME = HttpHeaders.createOptimized("x-tokenization-time");
    private static final CharSequence QUEUE_TIME = HttpHeaders.createOptimized("x-queue-time");
    private static final CharSequence INFERENCE_TIME = HttpHeaders.createOptimized("x-inference-time");

    private TimingHeaders() {}

    static void put(HttpServerResponse response, EmbedResult result) {
        String total = millis(System.nanoTime() - result.startNanos());
        response.putHeader(
                        COMPUTE_TYPE, computeType(result.encoder().description().device()))
                .putHeader(COMPUTE_TIME, total)
                .putHeader(COMPUTE_CHARACTERS, Integer.toString(result.encoded().characters()))
                .putHeader(COMPUTE_TOKENS, Integer.toString(result.encoded().tokens()))
                .putHeader(TOTAL_TIME, total)
                .putHeader(TOKENIZATION_TIME, millis(result.encoded().nanos()))
                .putHeader(QUEUE_TIME, millis(result.timing().queueNanos()))
                .putHeader(INFERENCE_TIME, millis(result.timing().inferenceNanos()));
    }

    private static String computeType(Device device) {
        return switch (device) {
            case Device.Cpu() -> "cpu";
            case Device.Cuda cuda -> "gpu";
        };
    }

    private static String millis(long nanos) {
        return Long.toString(nanos / 1_000_000);
    }
}
