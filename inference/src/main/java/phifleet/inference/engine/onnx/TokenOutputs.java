package phifleet.inference.engine.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TokenHeads;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

/**
 * Outputs of a graph beside the one with a text's vector: a weight of each token, and a vector of each but the first.
 *
 * @param heads their names
 */
record TokenOutputs(TokenHeads.Outputs heads) {

    /** The names of all outputs that are read. */
    List<String> with(String output) {
        return List.of(output, heads.weights(), heads.vectors());
    }

    /** Of each text that asks for more its vector, its tokens' weights and their vectors but the first's, one behind the other. */
    List<Vector> behind(List<Vector> dense, List<TokenSequence> texts, Map<String, Tensor> results)
            throws ModelException {
        Rows weights = Rows.of(heads.weights(), Objects.requireNonNull(results.get(heads.weights())), texts.size());
        Rows vectors = Rows.of(heads.vectors(), Objects.requireNonNull(results.get(heads.vectors())), texts.size());
        int first = weights.tokens - vectors.tokens;
        if (weights.width != 1 || first < 0 || first > 1) {
            throw new ModelException("outputs " + heads.weights() + " and " + heads.vectors() + " have "
                    + weights.tokens + " x " + weights.width + " and " + vectors.tokens + " x " + vectors.width
                    + " numbers a text, not a weight for each token and a vector for each or for each but the first");
        }
        List<Vector> all = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            int tokens = texts.get(i).length();
            if (texts.get(i).outputs().isDenseAlone()) {
                all.add(dense.get(i));
                continue;
            }
            int width = dense.get(i).dimension();
            int behind = (tokens - 1) * vectors.width;
            float[] own = Arrays.copyOf(dense.get(i).values(), width + tokens + behind);
            System.arraycopy(weights.values, i * weights.tokens, own, width, tokens);
            System.arraycopy(
                    vectors.values, (i * vectors.tokens + 1 - first) * vectors.width, own, width + tokens, behind);
            all.add(new Vector(own).finite());
        }
        return all;
    }

    /** An output of texts × tokens × width, or of texts × tokens. */
    private static final class Rows {
        final float[] values;
        final int tokens;
        final int width;

        private Rows(float[] values, int tokens, int width) {
            this.values = values;
            this.tokens = tokens;
            this.width = width;
        }

        static Rows of(String name, Tensor tensor, int texts) throws ModelException {
            List<Long> shape = tensor.shape();
            if (shape.size() < 2 || shape.size() > 3 || shape.getFirst() != texts) {
                throw new ModelException("output " + name + " has the shape " + shape + " for " + texts + " texts");
            }
            int width = shape.size() == 2 ? 1 : Math.toIntExact(shape.get(2));
            return new Rows(OnnxSentenceModel.floats(tensor), Math.toIntExact(shape.get(1)), width);
        }
    }
}
