package phifleet.inference.engine.onnx;

import ai.djl.Device;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import phifleet.inference.graph.OnnxSignature;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

/**
 * An exported graph run as it is, whatever inputs its exporter gave it, and pooled here in any way: for those that
 * {@link OnnxSentenceModel} does not prepare. Several threads may run it at once.
 */
public final class GraphSentenceModel implements Model<TokenSequence, Vector> {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final GraphInputs inputs;
    private final String output;
    private final Pooling pooling;

    private GraphSentenceModel(OrtSession session, GraphInputs inputs, String output, Pooling pooling) {
        this.session = session;
        this.inputs = inputs;
        this.output = output;
        this.pooling = pooling;
    }

    /** Whether a model wants more than {@link OnnxSentenceModel} prepares. */
    public static boolean isFor(ModelSpec spec) throws ModelException {
        if (!(spec.source() instanceof ModelSource.Files files)) {
            return false;
        }
        OnnxSignature signature = signature(spec, files);
        Set<String> usual = Set.of(GraphInputs.IDS, GraphInputs.MASK, GraphInputs.TYPES);
        boolean usualInputs = signature.inputs().stream()
                .allMatch(input -> usual.contains(input.name()) && input.elementType() == OnnxSignature.INT64);
        boolean masked =
                signature.inputs().stream().anyMatch(input -> input.name().equals(GraphInputs.MASK));
        Pooling pooling = spec.encoding().pooling();
        boolean usualPooling = pooling.isNone() || (pooling.isOneSum() && pooling.includePrompt());
        return !usualInputs || !masked || !usualPooling || !hasUsualOutput(spec, signature);
    }

    private static boolean hasUsualOutput(ModelSpec spec, OnnxSignature signature) throws ModelException {
        @Nullable String wanted = spec.encoding().recipe().output();
        return wanted == null
                || PreparedModel.output(signature, spec.encoding().pooling())
                        .name()
                        .equals(wanted);
    }

    /** Opens a graph. */
    public static GraphSentenceModel load(ModelSpec spec, Device device) throws ModelException {
        if (!(spec.source() instanceof ModelSource.Files files)) {
            throw new IllegalArgumentException(spec.id() + " is no graph in a file");
        }
        OnnxSignature signature = signature(spec, files);
        try (GraphFolder folder = GraphFolder.of(files.weights());
                SessionOptions options = new SessionOptions()) {
            options.setInterOpNumThreads(1);
            options.setIntraOpNumThreads(1);
            options.setMemoryPatternOptimization(false);
            options.setOptimizationLevel(OptLevel.ALL_OPT);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            if (device.isGpu()) {
                options.addCUDA(device.getDeviceId());
            }
            GraphInputs inputs =
                    new GraphInputs(signature.inputs(), spec.encoding().input().padId());
            String output = spec.encoding().recipe().output() == null
                    ? PreparedModel.output(signature, spec.encoding().pooling()).name()
                    : spec.encoding().recipe().output();
            OrtSession session =
                    OrtEnvironment.getEnvironment().createSession(folder.graph().toString(), options);
            return new GraphSentenceModel(
                    session, inputs, output, spec.encoding().pooling());
        } catch (OrtException | IOException | ModelException e) {
            throw new ModelException(spec.id() + " could not be loaded: " + e.getMessage(), e);
        }
    }

    private static OnnxSignature signature(ModelSpec spec, ModelSource.Files files) throws ModelException {
        try {
            return PreparedModel.signature(files.weights());
        } catch (IOException e) {
            throw new ModelException(spec.id() + ": " + files.weights() + " cannot be read: " + e, e);
        }
    }

    @Override
    public List<Vector> run(List<TokenSequence> batch) throws ModelException {
        @Nullable Vector[] vectors = new Vector[batch.size()];
        for (List<Integer> together : runs(batch)) {
            List<TokenSequence> texts = together.stream().map(batch::get).toList();
            List<Vector> results = runTogether(texts);
            for (int i = 0; i < results.size(); i++) {
                vectors[together.get(i)] = results.get(i);
            }
        }
        List<Vector> result = new ArrayList<>(vectors.length);
        for (Vector vector : vectors) {
            result.add(vector == null ? missing() : vector);
        }
        return result;
    }

    /** Texts that one run can take: one task, and of one length where the graph is not told what is padding. */
    private Collection<List<Integer>> runs(List<TokenSequence> batch) {
        boolean oneLength = !inputs.has(GraphInputs.MASK) && !inputs.has(GraphInputs.OFFSETS);
        Map<List<Integer>, List<Integer>> runs = new LinkedHashMap<>();
        IntStream.range(0, batch.size()).forEach(i -> {
            TokenSequence text = batch.get(i);
            List<Integer> key = List.of(text.task(), oneLength ? text.length() : 0);
            runs.computeIfAbsent(key, absent -> new ArrayList<>()).add(i);
        });
        return runs.values();
    }

    private List<Vector> runTogether(List<TokenSequence> texts) throws ModelException {
        Map<String, OnnxTensor> tensors = Map.of();
        try {
            tensors = inputs.has(GraphInputs.OFFSETS)
                    ? inputs.row(environment, texts)
                    : inputs.rectangle(environment, texts);
            try (OrtSession.Result result = session.run(tensors, Set.of(output))) {
                return vectors(texts, (OnnxTensor) result.get(0));
            }
        } catch (OrtException | RuntimeException e) {
            throw new ModelException(
                    "a batch of " + texts.size() + " x "
                            + texts.stream()
                                    .mapToInt(TokenSequence::length)
                                    .max()
                                    .orElse(0) + " tokens failed: "
                            + e.getMessage(),
                    e);
        } finally {
            tensors.values().forEach(OnnxTensor::close);
        }
    }

    private List<Vector> vectors(List<TokenSequence> texts, OnnxTensor tensor) throws ModelException {
        TensorInfo info = tensor.getInfo();
        long[] shape = info.getShape();
        int rank = pooling.isNone() ? 2 : 3;
        if (shape.length != rank || shape[0] != texts.size()) {
            throw new ModelException("output " + output + " has the shape " + Arrays.toString(shape) + " for "
                    + texts.size() + " texts");
        }
        float[] values = new float[Math.toIntExact(info.getNumElements())];
        tensor.getFloatBuffer().get(values);
        int width = (int) shape[rank - 1];
        List<Vector> vectors = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            Vector vector = pooling.isNone()
                    ? Vector.part(values, i * width, width)
                    : pooling.pool(texts.get(i), values, i * (int) shape[1] * width, width);
            vectors.add(vector.finite());
        }
        return vectors;
    }

    private static Vector missing() {
        throw new IllegalStateException("a text of the batch was not run");
    }

    @Override
    public void close() {
        try {
            session.close();
        } catch (OrtException e) {
            throw new IllegalStateException("a session could not be closed", e);
        }
    }
}
