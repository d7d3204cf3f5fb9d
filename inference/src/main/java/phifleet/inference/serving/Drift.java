package phifleet.inference.serving;

import phifleet.inference.model.ModelException;
import phifleet.inference.model.Precision;
import phifleet.inference.text.GoldenCheck;

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
    }

    /** Runs what has known answers; how like the worst is, as a cosine. */
    @FunctionalInterface
    interface Check {
        double worst() throws ModelException;
    }

    /** Of sentences or tensors with known answers. */
    record Known(Check check, Precision precision, double atLoad) implements Drift {
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
