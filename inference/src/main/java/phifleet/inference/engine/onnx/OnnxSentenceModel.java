package phifleet.inference.engine.onnx;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import phifleet.inference.engine.onnx.session.OnnxSession;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.engine.onnx.session.SessionSettings;
import phifleet.inference.engine.onnx.session.SessionSettings.Optimization;
import phifleet.inference.graph.RowAttention;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Padding;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

/**
 * A sentence encoder on ONNX Runtime.
 *
 * <p>On a CPU the session has one thread of its own, the caller's, and is called from one thread a core: measured, that
 * scales with the cores, while threads inside the session spin against each other. Memory patterns are off: the engine
 * keeps one for each shape it ever saw. Buffers for the inputs are reused, one set a calling thread at most.
 */
public final class OnnxSentenceModel implements Model<TokenSequence, Vector> {
    private static final Set<String> KNOWN_INPUTS = Set.of(
            "input_ids",
            "attention_mask",
            "token_type_ids",
            PoolingGraph.WEIGHTS,
            PackedGraph.TOKENS,
            PackedGraph.PLACES,
            RowAttention.SPANS);

    private final OnnxSession session;
    private final String key;
    private final boolean byRow;
    private final List<String> inputNames;
    private final OnnxSession.Value output;
    private final Pooling pooling;
    private final int padId;
    private final ConcurrentLinkedQueue<Memory> memory = new ConcurrentLinkedQueue<>();

    /** What one calling thread uses again and again. */
    private record Memory(InputBuffers inputs, ByteBuffer outputs) {}

    private OnnxSentenceModel(OnnxSession session, ModelSpec spec, String vectors, String key, boolean byRow)
            throws ModelException {
        this.session = session;
        this.key = key;
        this.byRow = byRow;
        this.inputNames = inputNames(session.inputs());
        this.output = session.outputs().stream()
                .filter(value -> value.name().equals(vectors))
                .findFirst()
                .orElseThrow(() -> new ModelException("the graph has no output " + vectors));
        this.pooling = spec.texts().pooling().isOneSum() ? spec.texts().pooling() : Pooling.NONE;
        this.padId = spec.texts().input().padId();
    }

    /**
     * Runs a graph in any of the prepared forms, which is the caller's to close.
     *
     * @param vectors the output that holds the texts' vectors, where their tokens' do not come out
     */
    static OnnxSentenceModel of(OnnxSession session, ModelSpec spec, String vectors) throws ModelException {
        boolean rows = session.outputs().stream().anyMatch(value -> value.name().equals(FusedAttention.TOKEN_ROWS));
        return new OnnxSentenceModel(session, spec, rows ? FusedAttention.TOKEN_ROWS : vectors, "", false);
    }

    /**
     * Loads a model.
     *
     * @param cache where the prepared form is kept
     */
    public static OnnxSentenceModel load(ModelSpec spec, Path cache, Provider provider) throws ModelException {
        // Made for CPUs; whether they pay on a GPU has not been measured yet.
        return load(spec, cache, provider, provider instanceof Provider.Cpu);
    }

    /**
     * @param rewritten whether the graph is optimised beforehand, packed and its attention made one operator
     */
    static OnnxSentenceModel load(ModelSpec spec, Path cache, Provider provider, boolean rewritten)
            throws ModelException {
        try {
            PreparedModel prepared = PreparedModel.of(spec, cache, rewritten);
            SessionSettings settings = SessionSettings.on(provider).with(spec.residency());
            OnnxSession session = OnnxSession.open(
                    prepared.graph(), prepared.optimized() ? settings.with(Optimization.NONE) : settings);
            try {
                String vectors =
                        PreparedModel.output(prepared.signature(), Pooling.NONE).name();
                return new OnnxSentenceModel(session, spec, vectors, prepared.key(), prepared.byRow());
            } catch (ModelException | RuntimeException e) {
                session.close();
                throw e;
            }
        } catch (IOException | ModelException e) {
            throw new ModelException(spec.id() + " could not be loaded: " + e.getMessage(), e);
        }
    }

    /** What is computed for padding. */
    public Padding padding() {
        if (!inputNames.contains(PackedGraph.TOKENS)) {
            return Padding.EVERYWHERE;
        }
        return inputNames.contains(RowAttention.SPANS) && !inputNames.contains(GraphInputs.MASK)
                ? Padding.NOWHERE
                : Padding.IN_ATTENTION;
    }

    /** Whether its 8-bit integers were made of 32-bit floats, row by row. */
    public boolean isByRow() {
        return byRow;
    }

    /** Names the prepared form. */
    public String key() {
        return key;
    }

    @Override
    public List<Vector> run(List<TokenSequence> batch) throws ModelException {
        RaggedBatch texts = new RaggedBatch(batch);
        Memory own = memory(texts);
        own.inputs.fill(texts, padId, pooling);
        try {
            return vectors(batch, texts, floats(own, texts));
        } catch (ModelException | RuntimeException e) {
            throw new ModelException(
                    "a batch of " + batch.size() + " x " + texts.longest() + " tokens failed: " + e.getMessage(), e);
        } finally {
            memory.add(own);
        }
    }

    private List<Vector> vectors(List<TokenSequence> batch, RaggedBatch texts, float[] rows) throws ModelException {
        int width = rows.length / rows(texts);
        List<Vector> vectors = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            Vector vector = givesTokens()
                    ? pooling.given(batch.get(i), rows, texts.start(i) * width, width)
                    : Vector.part(rows, texts.place(i) * width, width);
            vectors.add(vector.finite());
        }
        return vectors;
    }

    /** Whether texts may ask for the vectors of their tokens. */
    public boolean givesTokens() {
        return output.name().equals(FusedAttention.TOKEN_ROWS);
    }

    /** How many rows come out. */
    private int rows(RaggedBatch texts) {
        return givesTokens() ? texts.tokens() : texts.texts();
    }

    private float[] floats(Memory own, RaggedBatch texts) throws ModelException {
        Map<String, Tensor> inputs = own.inputs.tensors(inputNames);
        int rows = rows(texts);
        if (outputBytes(rows) == 0) {
            return floats(Objects.requireNonNull(
                    session.run(inputs, List.of(output.name())).get(output.name())));
        }
        long width = output.shape().getLast();
        Tensor vectors =
                Tensor.of(ElementType.FP32, List.of((long) rows, width), own.outputs.slice(0, outputBytes(rows)));
        session.runInto(inputs, Map.of(output.name(), vectors));
        return floats(vectors);
    }

    /** Memory that is large enough, as another call left it or new. */
    private Memory memory(RaggedBatch texts) {
        Memory own = memory.poll();
        int tokens = texts.texts() * texts.longest();
        int bytes = outputBytes(rows(texts));
        if (own == null || own.inputs.capacity() < tokens || own.outputs.capacity() < bytes) {
            int outputs = Math.max(bytes, own == null ? 0 : own.outputs.capacity());
            int inputs = Math.max(tokens, own == null ? 0 : own.inputs.capacity());
            own = new Memory(
                    new InputBuffers(inputs), ByteBuffer.allocateDirect(outputs).order(ByteOrder.nativeOrder()));
        }
        return own;
    }

    /** What the vectors take, where the graph says it beforehand; else 0. */
    private int outputBytes(int rows) {
        if (output.shape().isEmpty()) {
            // The engine infers otherwise than the exporter wrote, and says nothing.
            return 0;
        }
        long width = output.shape().getLast();
        return output.type() == ElementType.FP32 && width > 0 ? Math.toIntExact(rows * width * Float.BYTES) : 0;
    }

    static float[] floats(Tensor tensor) throws ModelException {
        float[] values = new float[Math.toIntExact(tensor.size())];
        switch (tensor.type()) {
            case FP32 -> {
                FloatBuffer floats = tensor.floats();
                floats.get(values);
            }
            case FP16 -> {
                ByteBuffer halves = tensor.data();
                for (int i = 0; i < values.length; i++) {
                    values[i] = Float.float16ToFloat(halves.getShort(i * Short.BYTES));
                }
            }
            default ->
                throw new ModelException("vectors of " + tensor.type() + "; 32- and 16-bit floats are supported");
        }
        return values;
    }

    @Override
    public void settle() throws ModelException {
        session.settle();
    }

    @Override
    public void close() {
        session.close();
    }

    private static List<String> inputNames(List<OnnxSession.Value> inputs) throws ModelException {
        for (OnnxSession.Value input : inputs) {
            if (!KNOWN_INPUTS.contains(input.name())) {
                throw new ModelException("the graph wants an input " + input.name()
                        + "; a sentence encoder may have input_ids, attention_mask and token_type_ids");
            }
            if (!input.name().equals(PoolingGraph.WEIGHTS) && input.type() != ElementType.INT64) {
                throw new ModelException("input " + input.name() + " has element type " + input.type()
                        + "; 64-bit integers are supported");
            }
        }
        return inputs.stream().map(OnnxSession.Value::name).toList();
    }
}
