package phifleet.benchmark.run;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.OptionalDouble;
import java.util.zip.DataFormatException;
import org.HdrHistogram.Histogram;

/** A measurement as JSON, histogram included, and back. */
public final class MeasurementJson {
    private static final JsonMapper JSON = new JsonMapper();

    private MeasurementJson() {}

    static ObjectNode write(Measurement one) {
        ObjectNode json = JSON.createObjectNode();
        json.put("framework", one.slot().framework())
                .put("scenario", one.slot().scenario())
                .put("round", one.slot().round())
                .put("plan", one.plan())
                .put("model_load_time_ms", one.loadMillis())
                .put("threads", one.threads())
                .put("load", one.load())
                .put("concurrency", one.concurrency())
                .put("batch_size", one.batchSize())
                .put("elapsed_s", one.elapsedSeconds())
                .put("requests", one.requests())
                .put("texts_per_second", one.textsPerSecond());
        one.cpuSeconds().ifPresent(seconds -> json.put("cpu_s", seconds));
        json.put("peak_memory_bytes", one.peakMemoryBytes())
                .put("lost", one.lost())
                .put("mismatches", one.mismatches())
                .put("client_cpu_share", one.client().cpuShare())
                .put("client_awaiting_share", one.client().awaitingShare())
                .put("client_lateness_p99_ms", one.client().latenessP99Millis());
        one.othersShare().ifPresent(share -> json.put("others_cpu_share", share));
        one.samples().forEach(json.putArray("samples")::add);
        json.put("histogram", encoded(one.latency()));
        return json;
    }

    /** Reads what {@link #write} wrote. */
    public static Measurement read(JsonNode json) throws IOException {
        List<String> samples = new ArrayList<>();
        json.path("samples").forEach(sample -> samples.add(sample.asText()));
        return new Measurement(
                new Slot(
                        json.path("round").asInt(),
                        json.path("framework").asText(),
                        json.path("scenario").asText()),
                json.path("plan").asText(),
                json.path("model_load_time_ms").asDouble(),
                json.path("threads").asText(),
                json.path("load").asText(),
                json.path("concurrency").asInt(),
                json.path("batch_size").asInt(1),
                json.path("elapsed_s").asDouble(),
                json.path("requests").asLong(),
                decoded(json.path("histogram").asText()),
                optional(json, "cpu_s"),
                json.path("peak_memory_bytes").asLong(),
                json.path("lost").asLong(),
                json.path("mismatches").asLong(),
                new ClientCost(
                        json.path("client_cpu_share").asDouble(),
                        json.path("client_awaiting_share").asDouble(),
                        json.path("client_lateness_p99_ms").asDouble()),
                optional(json, "others_cpu_share"),
                samples);
    }

    private static OptionalDouble optional(JsonNode json, String key) {
        return json.path(key).isNumber() ? OptionalDouble.of(json.path(key).asDouble()) : OptionalDouble.empty();
    }

    private static String encoded(Histogram histogram) {
        ByteBuffer buffer = ByteBuffer.allocate(histogram.getNeededByteBufferCapacity());
        int length = histogram.encodeIntoCompressedByteBuffer(buffer);
        return Base64.getEncoder().encodeToString(Arrays.copyOf(buffer.array(), length));
    }

    private static Histogram decoded(String text) throws IOException {
        try {
            return Histogram.decodeFromCompressedByteBuffer(
                    ByteBuffer.wrap(Base64.getDecoder().decode(text)), 0);
        } catch (DataFormatException | RuntimeException e) {
            throw new IOException("a histogram cannot be read", e);
        }
    }
}
