package phifleet.inference.engine.onnx.session;

import ai.onnxruntime.NodeInfo;
import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OnnxValue;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import ai.onnxruntime.OrtSession.SessionOptions;
import ai.onnxruntime.TensorInfo;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.engine.onnx.session.SessionSettings.Optimization;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Residency;
import phifleet.inference.model.Tensor;

/**
 * One ONNX graph, loaded on one device: named tensors in, named tensors out. Every model on ONNX Runtime is a user of this
 * class, and nobody else holds a session.
 *
 * <p>Inputs outside of the heap are read where they lie. Outputs are copied once, into new memory ({@link #run(Map, List)});
 * or written by the engine straight into memory of the caller's, where shapes are known beforehand
 * ({@link #runInto(Map, Map)}): on a GPU that is the one copy across the bus, and nothing else comes back.
 *
 * <p>Several threads may call at once. {@link #close} only once nobody is inside.
 */
public final class OnnxSession implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(OnnxSession.class);

    private final OrtEnvironment environment;
    private volatile SharedSession<OrtSession> current;
    private final List<Value> inputs;
    private final List<Value> outputs;
    private final Provider provider;

    /** Opens it in the form that it keeps; null where it has that, or is closed. */
    private @Nullable Lasting lasting;

    private boolean closed;

    /** Opens a session once more. */
    @FunctionalInterface
    private interface Lasting {
        OrtSession open() throws OrtException, IOException, ModelException;
    }

    /**
     * An input or an output.
     *
     * @param shape sizes of the axes; −1 where any size will do
     */
    public record Value(String name, ElementType type, List<Long> shape) {
        public Value {
            shape = List.copyOf(shape);
        }
    }

    private OnnxSession(OrtEnvironment environment, OrtSession session, Provider provider, @Nullable Lasting lasting)
            throws OrtException {
        this.environment = environment;
        this.current = new SharedSession<>(session);
        this.lasting = lasting;
        this.provider = provider;
        this.inputs = values(session.getInputInfo());
        this.outputs = values(session.getOutputInfo());
    }

    /**
     * Loads a graph. Weights outside of its file are looked for beside it. Where the engine refuses the graph at the level of
     * optimisation that was asked for, as it does with some graphs in 16-bit floats, the next lower one is taken, and the log
     * says so.
     *
     * @throws ModelException if the provider cannot be used or the engine refuses the graph; the message has its reason
     */
    public static OnnxSession open(Path graph, SessionSettings settings) throws ModelException {
        return open(graph, settings, (environment, options) -> environment.createSession(graph.toString(), options));
    }

    /**
     * The same for what is made of a file, each time that it is opened; a file that has changed by then is refused.
     *
     * @param file what the log calls it
     */
    public static OnnxSession open(Path file, SessionSettings settings, Source source) throws ModelException {
        FileStamp first = FileStamp.of(file);
        return open(file.toString(), settings, (environment, options) -> {
            first.require();
            return source.open(environment, options);
        });
    }

    /**
     * The same for a graph in memory.
     *
     * @param name what the log calls it
     */
    public static OnnxSession open(String name, byte[] graph, SessionSettings settings) throws ModelException {
        return open(name, settings, (environment, options) -> environment.createSession(graph, options));
    }

    /** Where a graph comes from: asked once more where a session settles. */
    @FunctionalInterface
    public interface Source {
        OrtSession open(OrtEnvironment environment, SessionOptions options)
                throws OrtException, IOException, ModelException;
    }

    static OnnxSession open(String name, SessionSettings settings, Source source) throws ModelException {
        OrtEnvironment environment = OrtEnvironment.getEnvironment();
        Optimization level = settings.optimization();
        while (true) {
            try {
                return open(environment, source, settings.with(level));
            } catch (OrtException e) {
                Optional<Optimization> lower = level.lower();
                if (lower.isEmpty() || !isOptimizer(e)) {
                    throw failure(e);
                }
                LOG.info("{}: optimised at level {}, since {} fails: {}", name, lower.get(), level, e.getMessage());
                level = lower.get();
            } catch (IOException | LinkageError e) {
                throw failure(e);
            }
        }
    }

    private static OnnxSession open(OrtEnvironment environment, Source source, SessionSettings settings)
            throws OrtException, IOException, ModelException {
        try (SessionOptions options = settings.toOptions()) {
            OrtSession session = source.open(environment, options);
            Lasting lasting = settings.residency() == Residency.MAPPED_FIRST
                    ? () -> {
                        try (SessionOptions prepared =
                                settings.with(Residency.PREPARED).toOptions()) {
                            return source.open(environment, prepared);
                        }
                    }
                    : null;
            try {
                return new OnnxSession(environment, session, settings.provider(), lasting);
            } catch (OrtException | RuntimeException e) {
                session.close();
                throw e;
            }
        }
    }

    /** A graph that is broken, a device that is missing or out of memory is so at every level. */
    private static boolean isOptimizer(OrtException e) {
        return switch (e.getCode()) {
            case ORT_FAIL, ORT_RUNTIME_EXCEPTION, ORT_NOT_IMPLEMENTED, ORT_INVALID_GRAPH -> {
                String message = String.valueOf(e.getMessage());
                yield !message.contains("onnxruntime_providers_") && !message.contains("allocate memory");
            }
            default -> false;
        };
    }

    /** What the graph wants, in its order. */
    public List<Value> inputs() {
        return inputs;
    }

    /** What the graph gives, in its order. */
    public List<Value> outputs() {
        return outputs;
    }

    public Provider provider() {
        return provider;
    }

    /**
     * Runs the graph on the calling thread, which must be one that may block in native code.
     *
     * @param wanted names of outputs; what they do not need is not computed
     * @return the outputs by name, in the order wanted
     * @throws ModelException if an input or an output is unknown, or the engine fails
     */
    public Map<String, Tensor> run(Map<String, Tensor> given, List<String> wanted) throws ModelException {
        requireAll(wanted, outputs, "output");
        SharedSession<OrtSession> shared = enter();
        try (Given tensors = new Given(given);
                OrtSession.Result result = shared.session().run(tensors.values, new LinkedHashSet<>(wanted))) {
            Map<String, Tensor> found = new LinkedHashMap<>();
            for (String name : wanted) {
                OnnxValue value = result.get(name).orElseThrow();
                if (!(value instanceof OnnxTensor tensor)) {
                    throw new ModelException("output " + name + " is a " + value.getType() + ", not a tensor");
                }
                found.put(name, OnnxTensors.out(tensor));
            }
            return found;
        } catch (OrtException | RuntimeException e) {
            throw failure(e);
        } finally {
            shared.leave();
        }
    }

    private SharedSession<OrtSession> enter() {
        SharedSession<OrtSession> shared = current;
        while (!shared.enter()) {
            if (shared == current) {
                throw new IllegalStateException("it is closed");
            }
            shared = current;
        }
        return shared;
    }

    /**
     * The same into memory of the caller's.
     *
     * @param into for each output wanted a tensor of its type and shape, outside of the heap, that is overwritten
     */
    public void runInto(Map<String, Tensor> given, Map<String, Tensor> into) throws ModelException {
        requireAll(new ArrayList<>(into.keySet()), outputs, "output");
        for (Map.Entry<String, Tensor> output : into.entrySet()) {
            if (!output.getValue().data().isDirect()) {
                throw new IllegalArgumentException("output " + output.getKey() + " must lie outside of the heap");
            }
        }
        SharedSession<OrtSession> shared = enter();
        try (Given tensors = new Given(given);
                Given results = new Given(into);
                OrtSession.Result result = shared.session().run(tensors.values, results.values)) {
            if (result.size() != into.size()) {
                throw new ModelException("the engine gave " + result.size() + " outputs for " + into.size());
            }
        } catch (OrtException | RuntimeException e) {
            throw failure(e);
        } finally {
            shared.leave();
        }
    }

    /**
     * Takes the form that it keeps, where it was opened in another: that is opened beside, takes the calls that come then, and the
     * first ends with the last call inside. A close waits for it.
     *
     * @throws ModelException if it cannot be opened, or its file is another by now: then it goes on as it is
     */
    public void settle() throws ModelException {
        synchronized (this) {
            if (closed || lasting == null) {
                return;
            }
            SharedSession<OrtSession> before = current;
            try {
                current = new SharedSession<>(lasting.open());
            } catch (OrtException | IOException | LinkageError e) {
                throw failure(e);
            }
            lasting = null;
            before.retire();
        }
    }

    @Override
    public void close() {
        synchronized (this) {
            if (!closed) {
                closed = true;
                current.retire();
            }
        }
    }

    /** Views of tensors that end together. */
    private final class Given implements AutoCloseable {
        final Map<String, OnnxTensor> values = new LinkedHashMap<>();

        Given(Map<String, Tensor> tensors) throws OrtException {
            try {
                for (Map.Entry<String, Tensor> tensor : tensors.entrySet()) {
                    values.put(tensor.getKey(), OnnxTensors.in(environment, tensor.getValue()));
                }
            } catch (OrtException | RuntimeException e) {
                close();
                throw e;
            }
        }

        @Override
        public void close() {
            values.values().forEach(OnnxTensor::close);
        }
    }

    /** The engine's messages have lines, and end with one. */
    private static ModelException failure(Throwable e) {
        return new ModelException(String.valueOf(e.getMessage()).strip().replaceAll("\\s*\n\\s*", " "), e);
    }

    private static void requireAll(List<String> names, List<Value> values, String kind) throws ModelException {
        for (String name : names) {
            if (values.stream().noneMatch(value -> value.name().equals(name))) {
                throw new ModelException("the graph has no " + kind + " " + name + ", only "
                        + values.stream().map(Value::name).toList());
            }
        }
    }

    private static List<Value> values(Map<String, NodeInfo> infos) {
        List<Value> values = new ArrayList<>();
        for (NodeInfo node : infos.values()) {
            // Sequences and maps, which old classifiers give, have no tensor to show and cannot be asked for.
            if (node.getInfo() instanceof TensorInfo info) {
                values.add(new Value(
                        node.getName(),
                        OnnxTensors.type(info),
                        Arrays.stream(info.getShape()).boxed().toList()));
            }
        }
        return List.copyOf(values);
    }
}
