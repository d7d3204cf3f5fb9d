package phifleet.inference.engine;

import ai.onnxruntime.OrtEnvironment;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.engine.onnx.GraphSentenceModel;
import phifleet.inference.engine.onnx.OnnxSentenceModel;
import phifleet.inference.engine.onnx.OnnxTensorModel;
import phifleet.inference.engine.onnx.RaggedSentenceModel;
import phifleet.inference.engine.onnx.session.Provider;
import phifleet.inference.engine.pytorch.PyTorch;
import phifleet.inference.engine.pytorch.TorchSentenceModel;
import phifleet.inference.engine.pytorch.TorchTensorModel;
import phifleet.inference.engine.tokenizer.AdaptedTokenizer;
import phifleet.inference.engine.tokenizer.ConfiguredTokenizer;
import phifleet.inference.engine.tokenizer.HuggingFaceTextTokenizer;
import phifleet.inference.engine.tokenizer.PairTypes;
import phifleet.inference.engine.tokenizer.TruncationSide;
import phifleet.inference.engine.tokenizer.VocabularyLines;
import phifleet.inference.graph.EncoderGraph;
import phifleet.inference.model.Device;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Padding;
import phifleet.inference.model.Precision;
import phifleet.inference.model.Residency;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;

/** The engines of this process: makes them ready once, then loads models. Thread-safe. */
public final class Engines {
    private static final Logger LOG = LoggerFactory.getLogger(Engines.class);
    private static final String ONNX_RUNTIME = "OnnxRuntime";

    /** Where no engine is needed: the table's sums are this program's own. */
    private static final String TABLE = "Table";

    private final Path cache;
    private final DeviceSelection devices;
    private final Widening widening;

    /** Unpacks the native libraries and starts ONNX Runtime. PyTorch starts with the first model that asks for it. */
    public Engines(EngineSettings settings) throws ModelException {
        this(settings, engine -> Cuda.isLikely(engine, settings.onnxRuntime()));
        if (Cuda.isVain(settings.onnxRuntime())) {
            LOG.warn(
                    "serving on the CPU, because no driver of NVIDIA's is here, although {} wants one",
                    settings.onnxRuntime());
        }
    }

    /**
     * @param gpuIsLikely whether trying a GPU makes sense for a model that takes any device
     */
    Engines(EngineSettings settings, Predicate<EngineKind> gpuIsLikely) throws ModelException {
        this.cache = settings.cache().toAbsolutePath();
        this.devices = new DeviceSelection(gpuIsLikely, settings.gpu(), cache);
        this.widening = Widening.of(settings.alone());
        try {
            Files.createDirectories(cache);
            NativeLibraries.prepare(
                    cache,
                    settings.onnxRuntime() == null
                            ? null
                            : settings.onnxRuntime().toAbsolutePath());
        } catch (IOException e) {
            throw new ModelException("the cache folder " + cache + " cannot be used: " + e.getMessage(), e);
        }
        try {
            OrtEnvironment.getEnvironment();
        } catch (LinkageError | IllegalStateException e) {
            boolean releases = settings.onnxRuntime() != null
                    && String.valueOf(e.getMessage()).contains("VERS_");
            throw new ModelException(
                    "ONNX Runtime could not be started: " + e.getMessage()
                            + (releases
                                    ? "; onnxruntime-library: " + settings.onnxRuntime() + " holds libraries of several"
                                            + " releases; fill it again"
                                    : ""),
                    e);
        }
    }

    /** Reads a tokeniser. */
    public Tokenizer tokenizer(ModelSpec spec) throws ModelException {
        Path file = spec.source().tokenizerFile();
        if (spec.source() instanceof ModelSource.Embedded embedded) {
            return HuggingFaceTextTokenizer.load(
                    resource(spec, embedded.tokenizerResource()), embedded.tokenizerResource());
        }
        try {
            byte[] own = VocabularyLines.read(Objects.requireNonNull(file));
            // Static encoders are no model of transformers': their tokenisers are read as they are.
            byte[] json = spec.source() instanceof ModelSource.Table ? own : ConfiguredTokenizer.read(file, own);
            HuggingFaceTextTokenizer tokenizer = spec.texts().recipe().lowerCase()
                    ? HuggingFaceTextTokenizer.loadLowerCase(json, file.toString())
                    : HuggingFaceTextTokenizer.load(json, file.toString());
            VocabularyFit.check(spec, tokenizer);
            boolean tellsPairs = PairTypes.areTold(file);
            if (tellsPairs && spec.source() instanceof ModelSource.Safetensors weights) {
                EncoderGraph.mustKnowTypes(weights.config());
            }
            tokenizer.mustBeUsual(file.toString(), tellsPairs, asksPairs(spec.task()));
            return AdaptedTokenizer.of(tokenizer, spec.texts().recipe(), TruncationSide.isLeft(file, json), tellsPairs);
        } catch (IOException e) {
            throw new ModelException(spec.id() + ": " + file + " cannot be read: " + e, e);
        }
    }

    /** Of a decoder that is asked by a prompt both texts are one. */
    private static boolean asksPairs(Task task) {
        return task instanceof Task.TextClassification
                || (task instanceof Task.CrossEncoding it && it.prompt() == null);
    }

    /**
     * Loads a model on the device that its specification names. {@code auto} takes a GPU if there is one that works, and
     * says why if it does not.
     */
    public LoadedModel load(ModelSpec spec) throws ModelException {
        return devices.trying(spec, device -> load(spec, device));
    }

    /**
     * Loads a graph or a program that takes tensors, on its device as {@link #load} does.
     *
     * @param usual the inputs of a program that nobody named, where its task says what they are
     */
    public LoadedTensors loadTensors(ModelSpec spec, List<Signature.Value> usual) throws ModelException {
        return switch (spec.source()) {
            case ModelSource.Graph(Path graph) ->
                devices.trying(spec, device -> {
                    OnnxTensorModel model =
                            OnnxTensorModel.load(spec.id(), graph, devices.provider(device), spec.residency());
                    return new LoadedTensors(
                            model,
                            model.signature(),
                            ONNX_RUNTIME,
                            OrtEnvironment.getEnvironment().getVersion(),
                            device,
                            tensorsKey(spec, graph, device));
                });
            case ModelSource.Program program ->
                devices.trying(spec, device -> {
                    TorchTensorModel model =
                            TorchTensorModel.load(spec.id(), program, usual, DeviceSelection.torch(spec, device));
                    return new LoadedTensors(
                            model,
                            model.signature(),
                            PyTorch.NAME,
                            PyTorch.version(),
                            device,
                            tensorsKey(spec, program.archive(), device));
                });
            case ModelSource.Embedded other -> throw noTensors(spec);
            case ModelSource.Files other -> throw noTensors(spec);
            case ModelSource.Safetensors other -> throw noTensors(spec);
            case ModelSource.Table other -> throw noTensors(spec);
            case ModelSource.Towers other -> throw noTensors(spec);
        };
    }

    private static String tensorsKey(ModelSpec spec, Path file, Device device) throws ModelException {
        return FileKey.of(spec, file) + "-rows-" + device.label().replace(':', '-');
    }

    private static ModelException noTensors(ModelSpec spec) {
        return new ModelException(spec.id() + ": a " + spec.task().label() + " needs a graph or a TorchScript program");
    }

    /** Where {@link #load} will try first; it may end elsewhere. */
    public Device expectedDevice(ModelSpec spec) {
        return devices.expected(spec);
    }

    private LoadedModel load(ModelSpec spec, Device device) throws ModelException {
        if (!(spec.task() instanceof Task.OfTexts)) {
            throw new ModelException(spec.id() + ": a " + spec.task().label() + " takes no texts");
        }
        Provider provider = devices.provider(device);
        return switch (spec.source()) {
            case ModelSource.Table table ->
                new LoadedModel(
                        TableSentenceModel.load(spec, table),
                        TABLE,
                        Runtime.version().toString(),
                        Device.CPU,
                        Precision.FP32,
                        true,
                        Padding.NOWHERE,
                        FileKey.of(spec, table.table()));
            case ModelSource.Safetensors weights
            when spec.texts().grain() == Task.Grain.SPAN ->
                throw new ModelException(spec.id() + ": a " + spec.task().label() + " needs an ONNX graph, and "
                        + weights.weights() + " has weights alone");
            case ModelSource.Safetensors weights ->
                onnx(
                        spec,
                        device,
                        widening.load(spec, provider, on -> RaggedSentenceModel.load(spec, weights, cache, on)),
                        isReproducible(spec, device, spec.precision() == Precision.INT8),
                        Padding.NOWHERE,
                        FileKey.of(spec, weights.weights()));
            case ModelSource.Files files
            when spec.engine() == EngineKind.ONNXRUNTIME && GraphSentenceModel.isFor(spec) ->
                asExported(spec, device, provider, files);
            case ModelSource.Files files -> prepared(spec, device, provider);
            case ModelSource.Towers towers ->
                throw new ModelException(spec.id() + ": of two graphs each is loaded by itself");
            case ModelSource.Graph graph ->
                throw new ModelException(spec.id() + ": a graph without a tokeniser takes no texts");
            case ModelSource.Program program ->
                throw new ModelException(spec.id() + ": a program without a tokeniser takes no texts");
            case ModelSource.Embedded embedded -> prepared(spec, device, provider);
        };
    }

    /**
     * Of weights that stay as they are mapped nobody has shown it.
     *
     * @param byRow whether 8-bit integers are made row by row
     */
    private static boolean isReproducible(ModelSpec spec, Device device, boolean byRow) {
        return device instanceof Device.Cpu
                && (spec.precision() == Precision.FP32 || byRow)
                && spec.residency() != Residency.MAPPED;
    }

    private LoadedModel asExported(ModelSpec spec, Device device, Provider provider, ModelSource.Files files)
            throws ModelException {
        return onnx(
                spec,
                device,
                widening.load(spec, provider, on -> GraphSentenceModel.load(spec, on)),
                false,
                Padding.EVERYWHERE,
                FileKey.of(spec, files.weights()));
    }

    private static LoadedModel onnx(
            ModelSpec spec,
            Device device,
            Model<TokenSequence, Vector> model,
            boolean reproducible,
            Padding padding,
            String key) {
        return new LoadedModel(
                device instanceof Device.Cuda ? new MemoryBound<>(spec.id(), model, TokenSequence::length) : model,
                ONNX_RUNTIME,
                OrtEnvironment.getEnvironment().getVersion(),
                device,
                spec.precision(),
                reproducible,
                padding,
                device instanceof Device.Cpu ? key : key + "-" + device.label().replace(':', '-'));
    }

    private LoadedModel prepared(ModelSpec spec, Device device, Provider provider) throws ModelException {
        if (spec.engine() == EngineKind.PYTORCH && !(spec.task() instanceof Task.SentenceEncoding)) {
            throw new ModelException(spec.id() + ": a " + spec.task().label() + " needs engine onnxruntime");
        }
        if (spec.engine() == EngineKind.PYTORCH
                && !(spec.texts().pooling().isNone()
                        || (spec.texts().pooling().isOneSum()
                                && spec.texts().pooling().includePrompt()))) {
            throw new ModelException(spec.id() + ": pooling "
                    + spec.texts().pooling().label() + " is supported by engine onnxruntime alone");
        }
        return switch (spec.engine()) {
            case ONNXRUNTIME -> {
                OnnxSentenceModel model = OnnxSentenceModel.load(spec, cache, provider);
                if (spec.texts().heads() != null
                        && !model.givesTokens()
                        && spec.source() instanceof ModelSource.Files files) {
                    model.close();
                    yield asExported(spec, device, provider, files);
                }
                boolean reproducible = isReproducible(spec, device, model.isByRow());
                Model<TokenSequence, Vector> widened =
                        widening.beside(spec, provider, model, on -> OnnxSentenceModel.load(spec, cache, on));
                yield onnx(spec, device, widened, reproducible, model.padding(), model.key());
            }
            case PYTORCH -> {
                TorchSentenceModel model = TorchSentenceModel.load(spec, DeviceSelection.torch(spec, device));
                // Its matrix products round differently for different numbers of rows, by a part in a million.
                yield new LoadedModel(
                        model,
                        PyTorch.NAME,
                        PyTorch.version(),
                        device,
                        model.precision(),
                        false,
                        Padding.EVERYWHERE,
                        model.key());
            }
        };
    }

    private static byte[] resource(ModelSpec spec, String name) throws ModelException {
        try (InputStream in = Engines.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new ModelException(spec.id() + ": the class path has no " + name);
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new ModelException(spec.id() + ": " + name + " cannot be read: " + e, e);
        }
    }
}
