package phifleet.inference.text.module;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Task;
import phifleet.inference.model.TextOutputs;
import phifleet.inference.model.TokenHeads;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.model.VectorModule;
import phifleet.inference.text.Embeddings;

/**
 * A sentence encoder's network with what it gives of tokens: of a text that asks for several outputs, these lie one behind the other: its
 * vector, a weight for each token (0 or more), a vector of length one for each token but the first. Only what is asked for is computed. As
 * thread-safe as the network.
 */
public final class TokenHeadsModel implements Model<TokenSequence, Vector> {
    private final Model<TokenSequence, Vector> network;
    private final Parts parts;

    private TokenHeadsModel(Model<TokenSequence, Vector> network, Parts parts) {
        this.network = network;
        this.parts = parts;
    }

    /**
     * Puts them behind a network.
     *
     * @param network gives one vector, or of a text that asks for more the vectors of all its tokens, or all outputs of its own
     * @param width numbers of the network's one vector
     */
    public static TokenHeadsModel behind(
            Model<TokenSequence, Vector> network, Task.SentenceEncoding encoding, int width) {
        List<VectorModule> modules = encoding.recipe().modules();
        return new TokenHeadsModel(
                network,
                switch (Objects.requireNonNull(encoding.heads())) {
                    case TokenHeads.Layers layers -> new OfRows(layers, encoding.pooling(), modules);
                    case TokenHeads.Outputs outputs -> new OfOutputs(width, modules);
                });
    }

    /** Tells apart what a network gives for a text. */
    private sealed interface Parts {
        List<VectorModule> modules();

        Vector pooled(TokenSequence text, Vector whole);

        Vector weights(TokenSequence text, Vector whole) throws ModelException;

        Vector vectors(TokenSequence text, Vector whole) throws ModelException;
    }

    /** Of vectors of all tokens. */
    private record OfRows(TokenHeads.Layers layers, Pooling pooling, List<VectorModule> modules) implements Parts {
        @Override
        public Vector pooled(TokenSequence text, Vector rows) {
            return pooling.pool(text, rows.values(), 0, rows.dimension() / text.length());
        }

        @Override
        public Vector weights(TokenSequence text, Vector rows) throws ModelException {
            VectorModule layer = Objects.requireNonNull(layers.weight());
            float[] weights = new float[text.length()];
            for (int token = 0; token < weights.length; token++) {
                weights[token] = Math.max(0, layer.apply(row(text, rows, token)).get(0));
            }
            return new Vector(weights);
        }

        @Override
        public Vector vectors(TokenSequence text, Vector rows) throws ModelException {
            VectorModule layer = Objects.requireNonNull(layers.vector());
            int width = layer.width(rows.dimension() / text.length());
            float[] vectors = new float[(text.length() - 1) * width];
            for (int token = 1; token < text.length(); token++) {
                Vector scaled = Embeddings.finish(layer.apply(row(text, rows, token)), width, true);
                System.arraycopy(scaled.values(), 0, vectors, (token - 1) * width, width);
            }
            return new Vector(vectors);
        }

        private static Vector row(TokenSequence text, Vector rows, int token) {
            int width = rows.dimension() / text.length();
            return Vector.part(rows.values(), token * width, width);
        }
    }

    /**
     * Of outputs that lie one behind the other already.
     *
     * @param width of the first, the text's vector
     */
    private record OfOutputs(int width, List<VectorModule> modules) implements Parts {
        @Override
        public Vector pooled(TokenSequence text, Vector whole) {
            return Vector.part(whole.values(), 0, width);
        }

        @Override
        public Vector weights(TokenSequence text, Vector whole) {
            Vector weights = Vector.part(whole.values(), width, text.length());
            for (int i = 0; i < weights.dimension(); i++) {
                weights.values()[i] = Math.max(0, weights.get(i));
            }
            return weights;
        }

        @Override
        public Vector vectors(TokenSequence text, Vector whole) {
            int from = width + text.length();
            int tokens = text.length() - 1;
            int each = tokens == 0 ? 0 : (whole.dimension() - from) / tokens;
            float[] vectors = new float[tokens * each];
            for (int token = 0; token < tokens; token++) {
                Vector vector = Vector.part(whole.values(), from + token * each, each);
                System.arraycopy(Embeddings.finish(vector, each, true).values(), 0, vectors, token * each, each);
            }
            return new Vector(vectors);
        }
    }

    @Override
    public List<Vector> run(List<TokenSequence> batch) throws ModelException {
        List<Vector> given = network.run(batch);
        List<Vector> results = new ArrayList<>(given.size());
        for (int i = 0; i < given.size(); i++) {
            TokenSequence text = batch.get(i);
            results.add((text.outputs().isDenseAlone() ? throughModules(given.get(i)) : asked(text, given.get(i)))
                    .finite());
        }
        return results;
    }

    private Vector asked(TokenSequence text, Vector whole) throws ModelException {
        TextOutputs outputs = text.outputs();
        List<Vector> asked = new ArrayList<>(3);
        if (outputs.dense()) {
            asked.add(throughModules(parts.pooled(text, whole)));
        }
        if (outputs.sparse()) {
            asked.add(parts.weights(text, whole));
        }
        if (outputs.multiVector()) {
            asked.add(parts.vectors(text, whole));
        }
        float[] values = new float[asked.stream().mapToInt(Vector::dimension).sum()];
        int at = 0;
        for (Vector part : asked) {
            System.arraycopy(part.values(), 0, values, at, part.dimension());
            at += part.dimension();
        }
        return new Vector(values);
    }

    private Vector throughModules(Vector pooled) throws ModelException {
        Vector vector = pooled;
        for (VectorModule module : parts.modules()) {
            vector = module.apply(vector);
        }
        return vector;
    }

    @Override
    public Model<TokenSequence, Vector> alone() {
        Model<TokenSequence, Vector> alone = network.alone();
        return alone.equals(network) ? this : new TokenHeadsModel(alone, parts);
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
