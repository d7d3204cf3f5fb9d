package phifleet.worker.http.embed;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import phifleet.http.json.JsonLimits;
import phifleet.http.json.JsonOutput;

/** What reading one request and writing one vector of 384 floats cost, beside what a library would make of it. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class JsonBench {
    private final float[] vector = vector();
    private final JsonFactory jackson = new JsonFactoryBuilder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER)
            .build();
    private final ObjectMapper mapper = new ObjectMapper();
    private final EmbedParser parser = new EmbedRouteParser("/embed", new JsonLimits(2048, 200_000, 32));
    private final byte[] one = body(1);
    private final byte[] thirtyTwo = body(32);

    private static float[] vector() {
        Random random = new Random(1);
        float[] values = new float[384];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) (random.nextGaussian() / Math.sqrt(values.length));
        }
        return values;
    }

    private static byte[] body(int texts) {
        String text =
                "\"The quick brown fox jumps over the lazy dog, as it does in every test of this kind since 1885.\"";
        return ("{\"texts\":[" + text + ("," + text).repeat(texts - 1) + "],\"normalize\":true}")
                .getBytes(StandardCharsets.UTF_8);
    }

    @Benchmark
    public Buffer writeVector() {
        return new JsonOutput(8192).numbers(vector).takeLast();
    }

    @Benchmark
    public Buffer writeVectorAsBase64() {
        return new JsonOutput(8192).base64(vector).takeLast();
    }

    @Benchmark
    public Buffer writeVectorByFloatToString() {
        StringBuilder out = new StringBuilder(8192);
        String comma = "[";
        for (float value : vector) {
            out.append(comma).append(Float.toString(value));
            comma = ",";
        }
        return Buffer.buffer(out.append(']').toString());
    }

    @Benchmark
    public byte[] writeVectorByJackson() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream(8192);
        try (JsonGenerator generator = jackson.createGenerator(out)) {
            generator.writeStartArray();
            for (float value : vector) {
                generator.writeNumber(value);
            }
            generator.writeEndArray();
        }
        return out.toByteArray();
    }

    @Benchmark
    public Object parseOneText() {
        return parser.parse(one);
    }

    @Benchmark
    public Object parseThirtyTwoTexts() {
        return parser.parse(thirtyTwo);
    }

    @Benchmark
    public JsonNode parseThirtyTwoTextsIntoATree() throws IOException {
        return mapper.readTree(thirtyTwo);
    }
}
