package phifleet.inference.engine.onnx;

import ai.djl.Device;
import ai.djl.MalformedModelException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.training.ParameterStore;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.ExecutionMode;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import phifleet.inference.graph.OnnxSignature;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

/**
 * A sentence encoder on ONNX Runtime, through DJL.
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
            PackedGraph.PLACES);

    private final ai.djl.Model model;
    private final String key;
    private final NDManager manager;
    private final ParameterStore parameters;
    private final List<String> inputNames;
    private final String outputName;
    private final Pooling pooling;
    private final int padId;
    private final ConcurrentLinkedQueue<InputBuffers> buffers = new ConcurrentLinkedQueue<>();

    private OnnxSentenceModel(
            ai.djl.Model model, String key, List<String> inputNames, String outputName, ModelSpec spec) {
        this.model = model;
        this.key = key;
        this.manager = model.getNDManager();
        this.parameters = new ParameterStore(manager, false);
        this.inputNames = inputNames;
        this.outputName = outputName;
        this.pooling = spec.pooling();
        this.padId = spec.padId();
    }

    /**
     * Loads a model.
     *
     * @param cache where the prepared form is kept
     */
    public static OnnxSentenceModel load(ModelSpec spec, Path cache, Device device) throws ModelException {
        try {
            PreparedModel prepared = PreparedModel.of(spec, cache, !device.isGpu());
            List<String> inputs = inputNames(prepared.signature());
            String output =
                    PreparedModel.output(prepared.signature(), Pooling.NONE).name();
            ai.djl.Model model = ai.djl.Model.newInstance(spec.id(), device, "OnnxRuntime");
            try (SessionOptions options = options(prepared, device)) {
                model.load(prepared.graph(), null, Map.of("sessionOptions", options));
            } catch (MalformedModelException e) {
                model.close();
                throw e;
            }
            return new OnnxSentenceModel(model, prepared.key(), inputs, output, spec);
        } catch (IOException | MalformedModelException | OrtException e) {
            Throwable reason = e.getCause() == null ? e : e.getCause();
            throw new ModelException(spec.id() + " could not be loaded: " + reason.getMessage(), e);
        }
    }

    /** Whether padding costs nothing but attention: {@link PackedGraph}. */
    public boolean isPacked() {
        return inputNames.contains(PackedGraph.TOKENS);
    }

    /** Names the prepared form. */
    public String key() {
        return key;
    }

    @Override
    public List<Vector> run(List<TokenSequence> batch) throws ModelException {
        int rows = batch.size();
        int columns = batch.stream().mapToInt(TokenSequence::length).max().orElse(0);
        InputBuffers input = buffers.poll();
        if (input == null || input.capacity() < rows * columns) {
            input = new InputBuffers(rows * columns);
        }
        input.fill(batch, columns, padId, pooling);
        Shape rectangle = new Shape(rows, columns);
        Shape packed = new Shape(1, input.packedRows());
        try (NDManager scope = manager.newSubManager()) {
            NDList inputs = new NDList(inputNames.size());
            for (String name : inputNames) {
                NDArray array =
                        scope.create(input.of(name), name.equals(PackedGraph.TOKENS) ? packed : rectangle, type(name));
                array.setName(name);
                inputs.add(array);
            }
            NDList outputs = model.getBlock().forward(parameters, inputs, false);
            return Vector.rows(outputs.get(outputName).toFloatArray(), rows);
        } catch (RuntimeException e) {
            throw new ModelException("a batch of " + rows + " x " + columns + " tokens failed: " + e.getMessage(), e);
        } finally {
            buffers.add(input);
        }
    }

    @Override
    public void close() {
        model.close();
    }

    private static DataType type(String name) {
        return name.equals(PoolingGraph.WEIGHTS) ? DataType.FLOAT32 : DataType.INT64;
    }

    private static List<String> inputNames(OnnxSignature signature) throws ModelException {
        List<String> names = new ArrayList<>();
        for (OnnxSignature.Value input : signature.inputs()) {
            if (!KNOWN_INPUTS.contains(input.name())) {
                throw new ModelException("the graph wants an input " + input.name()
                        + "; a sentence encoder may have input_ids, attention_mask and token_type_ids");
            }
            if (!input.name().equals(PoolingGraph.WEIGHTS) && input.elementType() != OnnxSignature.INT64) {
                throw new ModelException("input " + input.name() + " has element type " + input.elementType()
                        + "; 64-bit integers are supported");
            }
            names.add(input.name());
        }
        return List.copyOf(names);
    }

    private static SessionOptions options(PreparedModel prepared, Device device) throws OrtException {
        SessionOptions options = new SessionOptions();
        options.setExecutionMode(ExecutionMode.SEQUENTIAL);
        options.setInterOpNumThreads(1);
        options.setIntraOpNumThreads(1);
        options.setMemoryPatternOptimization(false);
        options.setOptimizationLevel(prepared.optimized() ? OptLevel.NO_OPT : OptLevel.ALL_OPT);
        options.setSessionLogLevel(
                device.isGpu() ? OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR : OrtLoggingLevel.ORT_LOGGING_LEVEL_WARNING);
        return options;
    }
}
