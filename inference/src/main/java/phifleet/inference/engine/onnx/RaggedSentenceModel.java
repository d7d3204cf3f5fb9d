package phifleet.inference.engine.onnx;

import ai.djl.Device;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtLoggingLevel;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.OrtSession.SessionOptions.OptLevel;
import java.nio.FloatBuffer;
import java.nio.LongBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import phifleet.inference.graph.EncoderGraph;
import phifleet.inference.graph.SpanRule;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

/**
 * A sentence encoder straight from safetensors: the graph is made here, its weights are mapped from their files. Tokens of a
 * batch lie in a row without padding, and attention goes text by text, so that a text's vector is the same bit for bit in
 * whatever batch it ran. Several threads may run it at once, each with the one thread that it came with.
 */
public final class RaggedSentenceModel implements Model<TokenSequence, Vector> {
    private final OrtEnvironment environment = OrtEnvironment.getEnvironment();
    private final OrtSession session;
    private final EncoderGraph graph;
    private final Pooling pooling;

    private RaggedSentenceModel(OrtSession session, EncoderGraph graph, Pooling pooling) {
        this.session = session;
        this.graph = graph;
        this.pooling = pooling;
    }

    /** Writes the graph and opens it. */
    public static RaggedSentenceModel load(ModelSpec spec, ModelSource.Safetensors source, Device device)
            throws ModelException {
        EncoderGraph graph;
        try {
            graph = EncoderGraph.write(
                    source.config(),
                    source.weights(),
                    spec.encoding().input().maxTokens(),
                    spec.encoding().pooling().isOneToken());
        } catch (ModelException e) {
            throw new ModelException(spec.id() + ": " + e.getMessage(), e);
        }
        try (SessionOptions options = new SessionOptions()) {
            options.setInterOpNumThreads(1);
            options.setIntraOpNumThreads(1);
            options.setMemoryPatternOptimization(false);
            // What would be fused is written so; folding makes weights of 16 bits into floats once.
            options.setOptimizationLevel(OptLevel.BASIC_OPT);
            options.setSessionLogLevel(OrtLoggingLevel.ORT_LOGGING_LEVEL_ERROR);
            options.addConfigEntry(
                    "session.model_external_initializers_file_folder_path",
                    graph.folder().toString());
            if (device.isGpu()) {
                options.addCUDA(device.getDeviceId());
            }
            OrtSession session = OrtEnvironment.getEnvironment().createSession(graph.model(), options);
            return new RaggedSentenceModel(session, graph, spec.encoding().pooling());
        } catch (OrtException e) {
            throw new ModelException(spec.id() + " could not be loaded: " + e.getMessage(), e);
        }
    }

    /** The architecture, as config.json names it. */
    public String family() {
        return graph.family();
    }

    @Override
    public List<Vector> run(List<TokenSequence> batch) throws ModelException {
        RaggedBatch ragged = new RaggedBatch(batch);
        Map<String, OnnxTensor> inputs = new HashMap<>();
        try {
            add(inputs, EncoderGraph.IDS, ragged.ids(), ragged.tokens());
            if (session.getInputNames().contains(EncoderGraph.POSITIONS)) {
                add(inputs, EncoderGraph.POSITIONS, ragged.positions(graph.positions()), ragged.tokens());
            }
            for (SpanRule rule : graph.rules()) {
                LongBuffer spans = ragged.spans(rule);
                add(inputs, rule.input(), spans, spans.remaining() / SpanRule.COLUMNS, SpanRule.COLUMNS);
            }
            if (pooling.isOneToken()) {
                add(inputs, EncoderGraph.ROWS, ragged.rows(pooling), ragged.texts());
            }
            try (OrtSession.Result result = session.run(inputs)) {
                return vectors(batch, ragged, ((OnnxTensor) result.get(0)).getFloatBuffer());
            }
        } catch (OrtException | RuntimeException e) {
            throw new ModelException(
                    "a batch of " + batch.size() + " x "
                            + batch.stream()
                                    .mapToInt(TokenSequence::length)
                                    .max()
                                    .orElse(0) + " tokens failed: "
                            + e.getMessage(),
                    e);
        } finally {
            inputs.values().forEach(OnnxTensor::close);
        }
    }

    private List<Vector> vectors(List<TokenSequence> batch, RaggedBatch ragged, FloatBuffer output)
            throws ModelException {
        float[] rows = new float[output.remaining()];
        output.get(rows);
        int width = graph.width();
        List<Vector> vectors = new ArrayList<>(batch.size());
        for (int i = 0; i < batch.size(); i++) {
            Vector vector = pooling.isOneToken()
                    ? Vector.part(rows, ragged.place(i) * width, width)
                    : pooling.pool(batch.get(i), rows, ragged.start(i) * width, width);
            vectors.add(vector.finite());
        }
        return vectors;
    }

    private void add(Map<String, OnnxTensor> inputs, String name, LongBuffer values, long... shape)
            throws OrtException {
        inputs.put(name, OnnxTensor.createTensor(environment, values, shape));
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
