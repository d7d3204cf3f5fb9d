package phifleet.inference.engine;

import java.util.ArrayList;
import java.util.List;
import phifleet.inference.graph.safetensors.Safetensors;
import phifleet.inference.graph.safetensors.StoredTensor;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

/**
 * A static sentence encoder: a text's vector is the mean of its tokens' rows of a table, and zeros where it has no token. No engine;
 * the order of the sums is that of the tokens, so that a vector is the same in any batch. Thread-safe.
 */
final class TableSentenceModel implements Model<TokenSequence, Vector> {
    private final float[] table;
    private final int width;

    private TableSentenceModel(float[] table, int width) {
        this.table = table;
        this.width = width;
    }

    static TableSentenceModel load(ModelSpec spec, ModelSource.Table source) throws ModelException {
        try {
            Safetensors file = Safetensors.read(source.table());
            StoredTensor tensor = file.find(source.tensor());
            if (tensor == null || tensor.shape().size() != 2) {
                throw new ModelException(source.table() + " has no table " + source.tensor());
            }
            return new TableSentenceModel(
                    file.floats(source.tensor()), Math.toIntExact(tensor.shape().getLast()));
        } catch (ModelException e) {
            throw new ModelException(spec.id() + ": " + e.getMessage(), e);
        }
    }

    @Override
    public List<Vector> run(List<TokenSequence> batch) throws ModelException {
        List<Vector> vectors = new ArrayList<>(batch.size());
        for (TokenSequence text : batch) {
            vectors.add(mean(text));
        }
        return vectors;
    }

    private Vector mean(TokenSequence text) throws ModelException {
        float[] sums = new float[width];
        for (int token = 0; token < text.length(); token++) {
            int id = text.id(token);
            if (id < 0 || id >= table.length / width) {
                throw new ModelException("token " + id + " is not in the table of " + table.length / width + " rows");
            }
            int row = id * width;
            for (int i = 0; i < width; i++) {
                sums[i] += table[row + i];
            }
        }
        float count = Math.max(1, text.length());
        for (int i = 0; i < width; i++) {
            sums[i] /= count;
        }
        return new Vector(sums);
    }

    @Override
    public void close() {}
}
