package phifleet.worker;

import org.jspecify.annotations.Nullable;
import phifleet.inference.lane.Lane;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;
import phifleet.inference.text.GoldenCheck;
import phifleet.inference.text.SentenceEncoder;

/**
 * A model that serves, with the parts that only its life cycle needs.
 *
 * @param golden null where no vectors are known
 * @param goldenCosine the smallest seen at load; NaN where no vectors are known
 */
record ResidentModel(
        SentenceEncoder encoder,
        Lane<TokenSequence, Vector> lane,
        Model<TokenSequence, Vector> model,
        Tokenizer tokenizer,
        @Nullable GoldenCheck golden,
        double goldenCosine)
        implements AutoCloseable {

    /** Runs the golden sentences again; NaN where none are known. */
    double drift() throws ModelException {
        return golden == null ? Double.NaN : golden.verify(encoder.description().id(), tokenizer, model, -1);
    }

    /** What the golden cosine must not fall below. */
    double leastCosine() {
        return GoldenCheck.leastCosine(encoder.description().precision());
    }

    @Override
    public void close() {
        lane.close();
        model.close();
    }
}
