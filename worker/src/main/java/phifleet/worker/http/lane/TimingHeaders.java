package phifleet.worker.http.lane;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerResponse;
import phifleet.http.Exchange;
import phifleet.inference.ServedModel;
import phifleet.inference.lane.Timing;
import phifleet.inference.model.Device;
import phifleet.inference.text.Encoding;

/** Where the time of a request went, in whole milliseconds, under the names that text-embeddings-inference gave them. */
public final class TimingHeaders {
    private static final CharSequence COMPUTE_TYPE = HttpHeaders.createOptimized("x-compute-type");
    private static final CharSequence COMPUTE_TIME = HttpHeaders.createOptimized("x-compute-time");
    private static final CharSequence COMPUTE_CHARACTERS = HttpHeaders.createOptimized("x-compute-characters");
    private static final CharSequence COMPUTE_TOKENS = HttpHeaders.createOptimized("x-compute-tokens");
    private static final CharSequence TOTAL_TIME = HttpHeaders.createOptimized("x-total-time");
    private static final CharSequence TOKENIZATION_TIME = HttpHeaders.createOptimized("x-tokenization-time");
    private static final CharSequence QUEUE_TIME = HttpHeaders.createOptimized("x-queue-time");
    private static final CharSequence INFERENCE_TIME = HttpHeaders.createOptimized("x-inference-time");

    private TimingHeaders() {}

    /** Of an answer that is about to be written. */
    public static void put(Exchange exchange, ServedModel model, Encoding.Encoded encoded, Timing timing) {
        HttpServerResponse response = exchange.response();
        String total = millis(System.nanoTime() - exchange.startNanos());
        response.putHeader(COMPUTE_TYPE, computeType(model.description().device()))
                .putHeader(COMPUTE_TIME, total)
                .putHeader(COMPUTE_CHARACTERS, Integer.toString(encoded.characters()))
                .putHeader(COMPUTE_TOKENS, Integer.toString(encoded.tokens()))
                .putHeader(TOTAL_TIME, total)
                .putHeader(TOKENIZATION_TIME, millis(encoded.nanos()))
                .putHeader(QUEUE_TIME, millis(timing.queueNanos()))
                .putHeader(INFERENCE_TIME, millis(timing.inferenceNanos()));
    }

    private static String computeType(Device device) {
        return switch (device) {
            case Device.Cpu cpu -> "cpu";
            case Device.OpenVino(String target) -> target.equals("CPU") ? "cpu" : "gpu";
            case Device.Cuda cuda -> "gpu";
        };
    }

    private static String millis(long nanos) {
        return Long.toString(nanos / 1_000_000);
    }
}
