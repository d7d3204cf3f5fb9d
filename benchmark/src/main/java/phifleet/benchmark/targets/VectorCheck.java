package phifleet.benchmark.targets;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import phifleet.benchmark.Answer;
import phifleet.benchmark.AnswerCheck;

/** Holds an answer's vectors against the known ones: how many, their dimension, their norm (1), their cosine. */
record VectorCheck(Dialect dialect, List<Sample> samples) implements AnswerCheck {
    private static final double LEAST_COSINE = 0.9999;
    private static final double NORM_TOLERANCE = 1e-3;

    VectorCheck {
        samples = List.copyOf(samples);
    }

    @Override
    public @Nullable String mismatch(Answer answer) {
        List<float[]> vectors;
        try {
            vectors = dialect.vectors(answer.body(), samples.size());
        } catch (IOException e) {
            return "the answer cannot be read: " + e.getMessage();
        }
        if (vectors.size() != samples.size()) {
            return vectors.size() + " vectors came for " + samples.size() + " texts";
        }
        for (int i = 0; i < samples.size(); i++) {
            String mismatch = mismatch(vectors.get(i), samples.get(i));
            if (mismatch != null) {
                return mismatch;
            }
        }
        return null;
    }

    private static @Nullable String mismatch(float[] vector, Sample sample) {
        if (vector.length != sample.dimension()) {
            return "a vector has " + vector.length + " numbers, and must have " + sample.dimension();
        }
        double squares = 0;
        for (float number : vector) {
            squares += (double) number * number;
        }
        // Not a number is neither near nor far.
        if (!(Math.abs(Math.sqrt(squares) - 1) <= NORM_TOLERANCE)) {
            return "a vector's norm is " + Math.sqrt(squares) + ", and must be 1";
        }
        double cosine = sample.cosine(vector);
        return cosine >= LEAST_COSINE
                ? null
                : String.format(
                        Locale.ROOT,
                        "a cosine is %.6f, and must be at least %s: %s",
                        cosine,
                        LEAST_COSINE,
                        sample.text());
    }
}
