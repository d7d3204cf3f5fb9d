package phifleet.inference.engine.onnx;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.engine.onnx.session.OnnxSession;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.engine.onnx.session.SessionSettings;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

/** Asks the engine whether a rewritten graph gives what the graph gave that it was made from. Once, when a model is prepared. */
final class RewriteCheck {
    private static final Logger LOG = LoggerFactory.getLogger(RewriteCheck.class);

    /** Batches of texts of these lengths: alone, alike and unlike. */
    private static final int[][] BATCHES = {{7}, {5, 5}, {3, 17, 1, 9}};

    /** Every vocabulary is larger. */
    private static final int MOST_ID = 20;

    /** The most that vectors may differ, as a share of their length: rounding gives some 1e-6, in half floats 1e-3. */
    private static final double ROUNDING = 5e-3;

    /** The same for 8-bit integers, whose cosine to 32-bit floats is 0.995 then. */
    static final double BYTES = 0.1;

    /** What the engine refuses is told once, by the exception, and not on its own log. */
    private static final SessionSettings QUIET =
            SessionSettings.on(Provider.PLAIN_CPU).quietly();

    private final ModelSpec spec;
    private final String output;
    private final Path plain;
    private @Nullable List<Vector> expected;

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
        Optional<String> reason = disagreement(rewritten);
        reason.ifPresent(why -> LOG.info("{}: {}, since otherwise {}", spec.id(), otherwise, why));
        return reason.isEmpty();
    }

    /** Why a graph does not give the same vectors; empty where it does. */
    Optional<String> disagreement(Path rewritten) {
        return disagreement(rewritten, ROUNDING);
    }

    /** The same for one in 8-bit integers. */
    Optional<String> disagreementOfBytes(Path rewritten) {
        return disagreement(rewritten, BYTES);
    }

    private Optional<String> disagreement(Path rewritten, double tolerance) {
        try {
            if (expected == null) {
                expected = vectors(plain);
            }
            List<Vector> right = expected;
            List<Vector> found = vectors(rewritten);
            return disagreement(right, found, tolerance);
        } catch (ModelException | RuntimeException e) {
            return Optional.of("the engine refuses the graph: " + e.getMessage());
        }
    }

    /** Refuses a precision whose vectors do not agree with those of 32-bit floats. */
    static void require(ModelSpec spec, Optional<String> disagreement) throws ModelException {
        if (disagreement.isPresent()) {
            throw new ModelException(
                    "precision " + spec.precision().label() + " cannot be used: " + disagreement.get());
        }
    }

    /** How far two lists of vectors differ, where that is more than is allowed; empty where they agree. */
    static Optional<String> disagreement(List<Vector> right, List<Vector> found, double tolerance) {
        double most = 0;
        for (int i = 0; i < right.size(); i++) {
            most = Math.max(most, difference(right.get(i).values(), found.get(i).values()));
        }
        return most <= tolerance
                ? Optional.empty()
                : Optional.of("vectors differ by " + most + " of their length, and " + tolerance + " is allowed");
    }

    private List<Vector> vectors(Path graph) throws ModelException {
        try (OnnxSession session = OnnxSession.open(graph, QUIET)) {
            Random random = new Random(1);
            OnnxSentenceModel model = OnnxSentenceModel.of(session, spec, output);
            List<Vector> vectors = new ArrayList<>();
            for (int[] lengths : BATCHES) {
                List<TokenSequence> batch = IntStream.of(lengths)
                        .mapToObj(length -> new TokenSequence(IntStream.generate(
                                        () -> id(random, spec.texts().input().padId()))
                                .limit(length)
                                .toArray()))
                        .toList();
                vectors.addAll(model.run(batch));
            }
            return vectors;
        }
    }

    /** A token that every vocabulary has. */
    static int id(Random random, int except) {
        int id = random.nextInt(MOST_ID - 1);
        return id < except ? id : id + 1;
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
