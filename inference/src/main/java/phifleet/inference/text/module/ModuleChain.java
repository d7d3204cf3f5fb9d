package phifleet.inference.text.module;

import java.util.ArrayList;
import java.util.List;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.model.VectorModule;

/** A network with what its pooled vectors go through behind it. As thread-safe as the network. */
public final class ModuleChain implements Model<TokenSequence, Vector> {
    private final Model<TokenSequence, Vector> network;
    private final List<VectorModule> modules;

    private ModuleChain(Model<TokenSequence, Vector> network, List<VectorModule> modules) {
        this.network = network;
        this.modules = List.copyOf(modules);
    }

    /** The network itself where nothing follows. */
    public static Model<TokenSequence, Vector> behind(
            Model<TokenSequence, Vector> network, List<VectorModule> modules) {
        return modules.isEmpty() ? network : new ModuleChain(network, modules);
    }

    @Override
    public List<Vector> run(List<TokenSequence> batch) throws ModelException {
        List<Vector> results = new ArrayList<>(batch.size());
        for (Vector pooled : network.run(batch)) {
            Vector vector = pooled;
            for (VectorModule module : modules) {
                vector = module.apply(vector);
            }
            results.add(vector.finite());
        }
        return results;
    }

    @Override
    public Model<TokenSequence, Vector> alone() {
        Model<TokenSequence, Vector> alone = network.alone();
        return alone.equals(network) ? this : new ModuleChain(alone, modules);
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
