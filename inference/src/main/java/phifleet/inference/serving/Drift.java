package phifleet.inference.serving;

import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Precision;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;
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

    /** Of sentences with known vectors. */
    record OfSentences(
            String id,
            GoldenCheck golden,
            Tokenizer tokenizer,
            Model<TokenSequence, Vector> model,
            Precision precision,
            double atLoad)
            implements Drift {
        @Override
        public double now() throws ModelException {
            return golden.verify(id, tokenizer, model, -1);
        }

        @Override
        public double least() {
            return GoldenCheck.leastCosine(precision);
        }
    }
}
