package phifleet.inference.engine.onnx;

import ai.onnxruntime.OnnxJavaType;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.Logger;
import org.jspecify.annotations.Nullable;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.TokenSequence;

/** Asks the engine whether a rewritten graph gives what the graph gave that it was made from. Once, when a model is prepared. */
final class RewriteCheck {
    private static final Logger LOG = LogManager.getLogger(RewriteCheck.class);

    /** Batches of texts of these lengths: alone, alike and unlike. */
    private static final int[][] BATCHES = {{7}, {5, 5}, {3, 17, 1, 9}};

    /** Every vocabulary is larger. */
    private static final int MOST_ID = 20;

    /** The most that vectors may differ, as a share of their length: rounding gives some 1e-6, in half floats 1e-3. */
    private static final double TOLERANCE = 5e-3;

    private final ModelSpec spec;
    private final String output;
    private final Path plain;
    private @Nullable List<float[]> expected;

    /**
     * @param plain the graph before anything was rewritten, whose vectors count as right
     * @param output the output that holds them
     */
    RewriteCheck(ModelSpec spec, Path plain, String output) {
        this.spec = spec;
        this.plain = plain;
        this.output = output;
    }

    /**
     * Whether a graph gives the same vectors; the log says why not.
     *
     * @param otherwise what is done where it does not
     */
    boolean agrees(Path rewritten, String otherwise) {
        try {
            if (expected == null) {
                expected = vectors(plain);
            }
            List<float[]> right = expected;
            List<float[]> found = vectors(rewritten);
            double most = 0;
            for (int i = 0; i < right.size(); i++) {
                most = Math.max(most, difference(right.get(i), found.get(i)));
            }
            if (most <= TOLERANCE) {
                return true;
            }
            LOG.info("{}: {}, since otherwise vectors differ by {}", spec.id(), otherwise, most);
        } catch (OrtException | RuntimeException e) {
            LOG.info("{}: {}, since otherwise the engine refuses the graph: {}", spec.id(), otherwise, e.toString());
        }
        return false;
    }

    private List<float[]> vectors(Path graph) throws OrtException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        try (SessionOptions options = new SessionOptions()) {
            options.setIntraOpNumThreads(1);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_FATAL);
            try (OrtSession session = environment.createSession(graph.toString(), options)) {
                Random random = new Random(1);
                List<float[]> vectors = new ArrayList<>();
                for (int[] lengths : BATCHES) {
                    List<TokenSequence> batch = IntStream.of(lengths)
                            .mapToObj(length -> new TokenSequence(IntStream.generate(() -> id(random, spec.padId()))
                                    .limit(length)
                                    .toArray()))
                            .toList();
                    vectors.add(run(environment, session, batch));
                }
                return vectors;
            }
        }
    }

    private static int id(Random random, int except) {
        int id = random.nextInt(MOST_ID - 1);
        return id < except ? id : id + 1;
    }

    private float[] run(OrtEnvironment environment, OrtSession session, List<TokenSequence> batch) throws OrtException {
        int rows = batch.size();
        int columns = batch.stream().mapToInt(TokenSequence::length).max().orElse(0);
        InputBuffers buffers = new InputBuffers(rows * columns);
        buffers.fill(batch, columns, spec.padId(), spec.pooling());
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            for (String name : session.getInputNames()) {
                long[] shape = name.equals(PackedGraph.TOKENS)
                        ? new long[] {1, buffers.packedRows()}
                        : new long[] {rows, columns};
                inputs.put(
                        name,
                        switch (buffers.of(name)) {
                            case LongBuffer longs -> OnnxTensor.createTensor(environment, longs, shape);
                            case FloatBuffer floats -> OnnxTensor.createTensor(environment, floats, shape);
                            default -> throw new IllegalArgumentException("no such input: " + name);
                        });
            }
            try (OrtSession.Result result = session.run(inputs, Set.of(output))) {
                OnnxTensor vectors = (OnnxTensor) result.get(0);
                if (vectors.getInfo().type != OnnxJavaType.FLOAT && vectors.getInfo().type != OnnxJavaType.FLOAT16) {
                    throw new IllegalArgumentException("vectors of type " + vectors.getInfo().type);
                }
                FloatBuffer values = vectors.getFloatBuffer();
                float[] copy = new float[values.remaining()];
                values.get(copy);
                return copy;
            }
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private static double difference(float[] expected, float[] found) {
        if (expected.length != found.length) {
            return Double.POSITIVE_INFINITY;
        }
        double difference = 0;
        double length = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(expected[i] - found[i], 2);
            length += Math.pow(expected[i], 2);
        }
        // Not a number where either holds none; then they do not agree.
        double share = Math.sqrt(difference / length);
        return Double.isNaN(share) ? Double.POSITIVE_INFINITY : share;
    }
}
