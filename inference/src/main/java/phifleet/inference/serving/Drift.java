package phifleet.inference.serving;

import java.util.Locale;
import java.util.Optional;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Precision;
import phifleet.inference.text.golden.GoldenCheck;

/** How far a model's answers are from the known ones. */
public sealed interface Drift {
    /** Nothing is known. */
    Drift UNKNOWN = new Unknown();

    /** The smallest cosine at load; NaN where nothing is known. */
    double atLoad();

    /** The smallest cosine now; NaN where nothing is known. On a thread that may block. */
    double now() throws ModelException;

    /** What the cosine must not fall below. */
    double least();

    /** What its answers are held against; nothing where nothing is known. */
    Optional<Held> held();

    /**
     * Known answers.
     *
     * @param file as the settings name it
     * @param answers what they are of
     * @param count how many
     */
    record Held(String file, Answers answers, int count) {}

    /** What is known of a model. */
    enum Answers {
        VECTORS,
        TENSORS,
        SCORES,
        LABELS,
        WEIGHTS,
        ENTITIES;

        /** In lower case. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** No golden answers. */
    record Unknown() implements Drift {
        @Override
        public double atLoad() {
            return Double.NaN;
        }

        @Override
        public double now() {
            return Double.NaN;
        }

        @Override
        public double least() {
            return Double.NaN;
        }

        @Override
        public Optional<Held> held() {
            return Optional.empty();
        }
    }

    /** Runs what has known answers; how like the worst is, as a cosine. */
    @FunctionalInterface
    interface Check {
        double worst() throws ModelException;
    }

    /** Of what has known answers. */
    record Known(Held against, Check check, Precision precision, double atLoad) implements Drift {
        @Override
        public Optional<Held> held() {
            return Optional.of(against);
        }

        @Override
        public double now() throws ModelException {
            return check.worst();
        }

        @Override
        public double least() {
            return GoldenCheck.leastCosine(precision);
        }
    }
}
