package phifleet.inference.text.module;

import java.util.ArrayList;
import java.util.List;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.model.VectorModule;
import phifleet.inference.text.Embeddings;

/**
 * A network that gives a vector a token, with what each of them goes through behind it. As thread-safe as the network.
 *
 * @param scaled whether each is of length one at the end
 */
public record TokenVectors(Model<TokenSequence, Vector> network, List<VectorModule> modules, boolean scaled)
        implements Model<TokenSequence, Vector> {
    public TokenVectors {
        modules = List.copyOf(modules);
    }

    @Override
    public List<Vector> run(List<TokenSequence> batch) throws ModelException {
        List<Vector> outputs = network.run(batch);
        List<Vector> results = new ArrayList<>(outputs.size());
        for (int i = 0; i < outputs.size(); i++) {
            results.add(ofText(outputs.get(i), batch.get(i).length()));
        }
        return results;
    }

    private Vector ofText(Vector all, int tokens) throws ModelException {
        int width = all.dimension() / tokens;
        float[] result = new float[0];
        int out = 0;
        for (int token = 0; token < tokens; token++) {
            Vector vector = Vector.part(all.values(), token * width, width);
            for (VectorModule module : modules) {
                vector = module.apply(vector);
            }
            if (token == 0) {
                out = vector.dimension();
                result = new float[tokens * out];
            }
            Vector finished = scaled ? Embeddings.finish(vector.finite(), out, true) : vector.finite();
            System.arraycopy(finished.values(), 0, result, token * out, out);
        }
        return new Vector(result);
    }

    @Override
    public Model<TokenSequence, Vector> alone() {
        Model<TokenSequence, Vector> alone = network.alone();
        return alone.equals(network) ? this : new TokenVectors(alone, modules, scaled);
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
