package phifleet.inference.engine.onnx;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import phifleet.inference.engine.onnx.session.OnnxSession;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.engine.onnx.session.SessionSettings;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Precision;
import phifleet.inference.model.Task;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TokenHeads;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.onnx.OnnxSignature;

/**
 * An exported graph run as it is, whatever inputs its exporter gave it, and pooled here in any way: for those that
 * {@link OnnxSentenceModel} does not prepare. Several threads may run it at once.
 */
public final class GraphSentenceModel implements Model<TokenSequence, Vector> {
    private final OnnxSession session;
    private final GraphInputs inputs;
    private final String output;
    private final GraphOutputs outputs;
    private final @Nullable TokenOutputs ofTokens;

    private GraphSentenceModel(
            OnnxSession session,
            GraphInputs inputs,
            String output,
            GraphOutputs outputs,
            @Nullable TokenOutputs ofTokens) {
        this.session = session;
        this.inputs = inputs;
        this.output = output;
        this.outputs = outputs;
        this.ofTokens = ofTokens;
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
        Pooling pooling = spec.texts().pooling();
        boolean usualPooling = pooling.isNone()
                || (pooling.isOneSum() && pooling.includePrompt() && comparedTokens(spec).length == 0)
                || spec.task() instanceof Task.SparseEncoding;
        return spec.texts().grain() != Task.Grain.TEXT
                || spec.texts().heads() instanceof TokenHeads.Outputs
                || !usualInputs
                || !masked
                || !usualPooling
                || !hasUsualOutput(spec, signature);
    }

    private static boolean hasUsualOutput(ModelSpec spec, OnnxSignature signature) throws ModelException {
        @Nullable String wanted = spec.texts().recipe().output();
        return wanted == null
                || PreparedModel.output(signature, spec.texts().pooling())
                        .name()
                        .equals(wanted);
    }

    /** Opens a graph. */
    public static GraphSentenceModel load(ModelSpec spec, Provider provider) throws ModelException {
        if (!(spec.source() instanceof ModelSource.Files files)) {
            throw new IllegalArgumentException(spec.id() + " is no graph in a file");
        }
        OnnxSignature signature = signature(spec, files);
        try {
            if (spec.precision() != Precision.FP32 && PreparedModel.isOfWideFloats(files.weights())) {
                throw new ModelException("precision " + spec.precision().label()
                        + ": a graph with such inputs or such a pooling runs as it was exported, in fp32");
            }
            GraphOutputs outputs = GraphOutputs.of(spec.texts());
            GraphInputs inputs =
                    new GraphInputs(signature.inputs(), spec.texts().input().padId(), outputs.spanWidth());
            String output = spec.texts().recipe().output() == null
                    ? outputs.usual(signature).name()
                    : spec.texts().recipe().output();
            SessionSettings settings = SessionSettings.on(provider).with(spec.residency());
            OnnxSession session = OnnxSession.open(files.weights(), settings, (environment, options) -> {
                // What is made for it is gone once it is open, and made again where it is opened in another form.
                try (GraphFolder folder = folder(spec, files, signature)) {
                    return environment.createSession(folder.graph().toString(), options);
                }
            });
            TokenOutputs ofTokens =
                    spec.texts().heads() instanceof TokenHeads.Outputs heads ? new TokenOutputs(heads) : null;
            return new GraphSentenceModel(session, inputs, output, outputs, ofTokens);
        } catch (IOException | ModelException e) {
            throw new ModelException(spec.id() + " could not be loaded: " + e.getMessage(), e);
        }
    }

    /** The tokens of the vocabulary whose numbers alone are wanted of a language model; none for all others. */
    private static long[] comparedTokens(ModelSpec spec) {
        return spec.task() instanceof Task.CrossEncoding encoding
                        && encoding.prompt() != null
                        && encoding.prompt().comparesTokens()
                ? new long[] {encoding.prompt().yes(), encoding.prompt().no()}
                : new long[0];
    }

    private static GraphFolder folder(ModelSpec spec, ModelSource.Files files, OnnxSignature signature)
            throws IOException, ModelException {
        long[] compared = comparedTokens(spec);
        if (compared.length == 0) {
            return GraphFolder.of(files.weights());
        }
        OnnxSignature.Value output =
                PreparedModel.output(signature, spec.texts().pooling());
        return GraphFolder.rewritten(
                files.weights(), (source, target) -> ColumnsGraph.write(source, target, output, compared));
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
        try {
            Map<String, Tensor> given = inputs.has(GraphInputs.OFFSETS) ? inputs.row(texts) : inputs.rectangle(texts);
            boolean byToken = texts.stream().anyMatch(text -> text.outputs().isByToken());
            if (ofTokens == null || !byToken) {
                return vectors(
                        texts,
                        Objects.requireNonNull(
                                session.run(given, List.of(output)).get(output)));
            }
            Map<String, Tensor> results = session.run(given, ofTokens.with(output));
            return ofTokens.behind(vectors(texts, Objects.requireNonNull(results.get(output))), texts, results);
        } catch (ModelException | RuntimeException e) {
            throw new ModelException(
                    "a batch of " + texts.size() + " x "
                            + texts.stream()
                                    .mapToInt(TokenSequence::length)
                                    .max()
                                    .orElse(0) + " tokens failed: "
                            + e.getMessage(),
                    e);
        }
    }

    private List<Vector> vectors(List<TokenSequence> texts, Tensor tensor) throws ModelException {
        List<Long> shape = tensor.shape();
        if (shape.size() != outputs.rank() || shape.getFirst() != texts.size()) {
            throw new ModelException(
                    "output " + output + " has the shape " + shape + " for " + texts.size() + " texts");
        }
        float[] values = OnnxSentenceModel.floats(tensor);
        List<Vector> vectors = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            vectors.add(outputs.ofText(texts.get(i), i, values, shape).finite());
        }
        return vectors;
    }

    private static Vector missing() {
        throw new IllegalStateException("a text of the batch was not run");
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
