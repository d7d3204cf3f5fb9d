package phifleet.inference.text.module;

import java.util.ArrayList;
import java.util.List;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.SparseVector;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

/**
 * A masked language model, whose largest number for each token of the vocabulary comes in, as a sparse encoder: what is over 0 counts,
 * by the logarithm of one more. As thread-safe as the network.
 *
 * @param squashed how often that logarithm is taken
 */
public record SparseHead(Model<TokenSequence, Vector> network, int squashed)
        implements Model<TokenSequence, SparseVector> {

    @Override
    public List<SparseVector> run(List<TokenSequence> batch) throws ModelException {
        List<SparseVector> results = new ArrayList<>(batch.size());
        for (Vector largest : network.run(batch)) {
            float[] weights = new float[largest.dimension()];
            for (int i = 0; i < weights.length; i++) {
                double weight = Math.max(0, largest.get(i));
                for (int time = 0; time < squashed && weight > 0; time++) {
                    weight = Math.log1p(weight);
                }
                weights[i] = (float) weight;
            }
            results.add(SparseVector.positive(weights));
        }
        return results;
    }

    @Override
    public Model<TokenSequence, SparseVector> alone() {
        Model<TokenSequence, Vector> alone = network.alone();
        return alone.equals(network) ? this : new SparseHead(alone, squashed);
    }

    @Override
    public void settle() throws ModelException {
        network.settle();
    }

    @Override
    public void close() {
        network.close();
    }
}
