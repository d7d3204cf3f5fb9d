package phifleet.worker.engine.onnx;

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
import phifleet.worker.model.ModelSpec;
import phifleet.worker.model.TokenSequence;

/** Asks the engine whether a packed graph gives what the graph gave that it was made from. Once, when a model is prepared. */
final class PackingCheck {
    private static final Logger LOG = LogManager.getLogger(PackingCheck.class);

    /** Batches of texts of these lengths: alone, alike and unlike. */
    private static final int[][] BATCHES = {{7}, {5, 5}, {3, 17, 1, 9}};

    /** Every vocabulary is larger. */
    private static final int MOST_ID = 20;

    /** The most that vectors may differ, as a share of their length: rounding gives some 1e-6, in half floats 1e-3. */
    private static final double TOLERANCE = 5e-3;

    private PackingCheck() {}

    /** Whether both give the same vectors; the log says why not. */
    static boolean agree(ModelSpec spec, Path plain, Path packed, String output) {
        try {
            List<float[]> expected = vectors(spec, plain, output);
            List<float[]> found = vectors(spec, packed, output);
            double most = 0;
            for (int i = 0; i < expected.size(); i++) {
                most = Math.max(most, difference(expected.get(i), found.get(i)));
            }
            if (most <= TOLERANCE) {
                return true;
            }
            LOG.info("{}: padding is computed, since without it vectors differ by {}", spec.id(), most);
        } catch (OrtException | RuntimeException e) {
            LOG.info(
                    "{}: padding is computed, since the engine refuses the graph without it: {}",
                    spec.id(),
                    e.toString());
        }
        return false;
    }

    private static List<float[]> vectors(ModelSpec spec, Path graph, String output) throws OrtException {
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
                    vectors.add(run(environment, session, batch, spec, output));
                }
                return vectors;
            }
        }
    }

    private static int id(Random random, int except) {
        int id = random.nextInt(MOST_ID - 1);
        return id < except ? id : id + 1;
    }

    private static float[] run(
            OrtEnvironment environment, OrtSession session, List<TokenSequence> batch, ModelSpec spec, String output)
            throws OrtException {
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
