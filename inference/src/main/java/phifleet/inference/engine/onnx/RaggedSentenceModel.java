package phifleet.inference.engine.onnx;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import phifleet.inference.engine.onnx.session.OnnxSession;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.engine.onnx.session.SessionSettings;
import phifleet.inference.engine.onnx.session.SessionSettings.Optimization;
import phifleet.inference.graph.EncoderGraph;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Precision;
import phifleet.inference.model.Task;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

/**
 * An encoder straight from safetensors: the graph is made here, its weights are mapped from their files. Tokens of a
 * batch lie in a row without padding, and attention goes text by text, so that a text's vector is the same bit for bit in
 * whatever batch it ran. Several threads may run it at once, each with the one thread that it came with.
 */
public final class RaggedSentenceModel implements Model<TokenSequence, Vector> {
    private final OnnxSession session;
    private final EncoderGraph graph;
    private final Pooling pooling;
    private final EncoderGraph.Output output;
    private final boolean byToken;

    private RaggedSentenceModel(
            OnnxSession session, EncoderGraph graph, Pooling pooling, EncoderGraph.Output output, boolean byToken) {
        this.byToken = byToken;
        this.session = session;
        this.graph = graph;
        this.pooling = pooling;
        this.output = output;
    }

    /**
     * Writes the graph, in the numbers of the specification's precision, and opens it.
     *
     * @param cache where 8-bit integers are kept; floats are read from where they are
     */
    public static RaggedSentenceModel load(
            ModelSpec spec, ModelSource.Safetensors source, Path cache, Provider provider) throws ModelException {
        if (spec.precision() != Precision.INT8) {
            return load(spec, source, provider, output(spec, provider));
        }
        if (!(provider instanceof Provider.Cpu)) {
            throw new ModelException(spec.id() + ": precision int8 is made for CPUs alone");
        }
        try {
            EncoderGraph.Output output = output(spec, provider);
            EncoderGraph graph = graph(spec, source, output, ElementType.FP32);
            Path made = RaggedInt8.of(spec, graph, output, cache);
            return opened(
                    spec, graph, output, OnnxSession.open(made, settings(spec, provider, made.resolveSibling(""))));
        } catch (IOException | ModelException e) {
            throw new ModelException(spec.id() + " could not be loaded: " + e.getMessage(), e);
        }
    }

    private static EncoderGraph.Output output(ModelSpec spec, Provider provider) {
        Task.OfTexts task = spec.texts();
        if (task instanceof Task.SparseEncoding encoding) {
            if (!encoding.summed()) {
                return EncoderGraph.Output.LARGEST;
            }
            return encoding.squashed() == 2 ? EncoderGraph.Output.SUM_OF_LOGS_OF_LOGS : EncoderGraph.Output.SUM_OF_LOGS;
        }
        if (task.heads() != null || task.grain() == Task.Grain.TOKEN) {
            return EncoderGraph.Output.TOKENS;
        }
        if (task.pooling().isOneToken()) {
            return EncoderGraph.Output.PICKED;
        }
        return task.pooling().isOneSum() && !(provider instanceof Provider.Cpu)
                ? EncoderGraph.Output.SUMMED
                : EncoderGraph.Output.TOKENS;
    }

    /**
     * @param output summed where little should leave the device; on a CPU pooling here costs nothing and rounds the same in any batch
     */
    static RaggedSentenceModel load(
            ModelSpec spec, ModelSource.Safetensors source, Provider provider, EncoderGraph.Output output)
            throws ModelException {
        try {
            EncoderGraph graph = graph(spec, source, output, real(spec));
            return opened(
                    spec,
                    graph,
                    output,
                    OnnxSession.open(spec.id(), graph.model(), settings(spec, provider, graph.folder())));
        } catch (ModelException e) {
            throw new ModelException(spec.id() + " could not be loaded: " + e.getMessage(), e);
        }
    }

    private static EncoderGraph graph(
            ModelSpec spec, ModelSource.Safetensors source, EncoderGraph.Output output, ElementType real)
            throws ModelException {
        return EncoderGraph.write(
                source.config(),
                source.weights(),
                spec.texts().input().maxTokens(),
                spec.task() instanceof Task.CrossEncoding || spec.task() instanceof Task.TextClassification,
                output,
                real);
    }

    /** What would be fused is written so; folding makes weights of another type into the graph's once. */
    private static SessionSettings settings(ModelSpec spec, Provider provider, Path folder) {
        return SessionSettings.on(provider)
                .with(Optimization.BASIC)
                .with(spec.residency())
                .with(Map.of("session.model_external_initializers_file_folder_path", folder.toString()));
    }

    /** A session's model, which closes it. */
    static RaggedSentenceModel opened(
            ModelSpec spec, EncoderGraph graph, EncoderGraph.Output output, OnnxSession session) {
        return new RaggedSentenceModel(
                session, graph, spec.texts().pooling(), output, spec.texts().grain() == Task.Grain.TOKEN);
    }

    private static ElementType real(ModelSpec spec) throws ModelException {
        return switch (spec.precision()) {
            case FP32 -> ElementType.FP32;
            case FP16 -> ElementType.FP16;
            case BF16 -> ElementType.BF16;
            case INT8, INT4 ->
                throw new ModelException("precision " + spec.precision().label()
                        + " cannot be made of safetensors; fp32, fp16, bf16 and int8 can");
        };
    }

    /** The architecture, as config.json names it. */
    public String family() {
        return graph.family();
    }

    @Override
    public List<Vector> run(List<TokenSequence> batch) throws ModelException {
        RaggedBatch ragged = new RaggedBatch(batch);
        List<String> names =
                session.inputs().stream().map(OnnxSession.Value::name).toList();
        Map<String, Tensor> inputs = inputs(graph, output, pooling, ragged, names);
        try {
            Tensor hidden = Objects.requireNonNull(
                    session.run(inputs, List.of(EncoderGraph.HIDDEN)).get(EncoderGraph.HIDDEN));
            return vectors(batch, ragged, OnnxSentenceModel.floats(hidden));
        } catch (ModelException | RuntimeException e) {
            throw new ModelException(
                    "a batch of " + batch.size() + " x "
                            + batch.stream()
                                    .mapToInt(TokenSequence::length)
                                    .max()
                                    .orElse(0) + " tokens failed: "
                            + e.getMessage(),
                    e);
        }
    }

    /**
     * What the graph is given.
     *
     * @param names of its inputs; tables of spans and what the output is made by are always wanted
     */
    static Map<String, Tensor> inputs(
            EncoderGraph graph, EncoderGraph.Output output, Pooling pooling, RaggedBatch ragged, List<String> names) {
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put(EncoderGraph.IDS, ragged.ids());
        if (names.contains(EncoderGraph.POSITIONS)) {
            inputs.put(EncoderGraph.POSITIONS, ragged.positions(graph.positions()));
        }
        if (names.contains(EncoderGraph.TYPES)) {
            inputs.put(EncoderGraph.TYPES, ragged.types());
        }
        graph.rules().forEach(rule -> inputs.put(rule.input(), ragged.spans(rule)));
        switch (output) {
            case TOKENS -> {}
            case PICKED -> inputs.put(EncoderGraph.ROWS, ragged.rows(pooling));
            case LARGEST, SUM_OF_LOGS, SUM_OF_LOGS_OF_LOGS -> inputs.put(EncoderGraph.TEXTS, ragged.bounds());
            case SUMMED -> {
                inputs.put(EncoderGraph.WEIGHTS, ragged.weights(pooling));
                inputs.put(EncoderGraph.SUMS.input(), ragged.spans(EncoderGraph.SUMS));
            }
        }
        return inputs;
    }

    private List<Vector> vectors(List<TokenSequence> batch, RaggedBatch ragged, float[] rows) throws ModelException {
        int width = graph.width();
        List<Vector> vectors = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            vectors.add(vector(batch.get(i), i, ragged, rows, width).finite());
        }
        return vectors;
    }

    private Vector vector(TokenSequence text, int index, RaggedBatch ragged, float[] rows, int width) {
        if (output != EncoderGraph.Output.TOKENS) {
            return Vector.part(rows, ragged.place(index) * width, width);
        }
        int from = ragged.start(index) * width;
        return byToken ? Vector.part(rows, from, text.length() * width) : pooling.given(text, rows, from, width);
    }

    @Override
    public void settle() throws ModelException {
        session.settle();
    }

    @Override
    public void close() {
        session.close();
    }
}
