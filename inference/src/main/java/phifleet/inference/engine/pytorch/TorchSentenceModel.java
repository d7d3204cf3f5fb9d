package phifleet.inference.engine.pytorch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import phifleet.inference.engine.cache.CacheKey;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Precision;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

/**
 * A sentence encoder in TorchScript, on PyTorch through DJL.
 *
 * <p>Pooling is a matrix product of torch's, so that one vector a text leaves the device and not one a token: every pooling
 * is a weighted sum over the tokens, in 32-bit floats whatever the model computes in. All tensors of a call belong to one
 * scope and end with it; the memory of the inputs is reused, one set a calling thread at most.
 */
public final class TorchSentenceModel implements Model<TokenSequence, Vector> {
    private final TorchModule module;
    private final String key;
    private final Precision precision;
    private final Pooling pooling;
    private final int padId;
    private final ConcurrentLinkedQueue<InputMemory> memories = new ConcurrentLinkedQueue<>();

    private TorchSentenceModel(TorchModule module, String key, Precision precision, ModelSpec spec) {
        this.module = module;
        this.key = key;
        this.precision = precision;
        this.pooling = spec.texts().pooling();
        this.padId = spec.texts().input().padId();
    }

    /**
     * Loads a model and runs it once, which also puts it in evaluation mode before any thread shares it.
     *
     * @throws ModelException if the engine, the device or the file will not do
     */
    public static TorchSentenceModel load(ModelSpec spec, Device device) throws ModelException {
        Path archive = archive(spec);
        try {
            if (device.isGpu()) {
                PyTorch.requireGpu(device);
            }
            String key = key(spec.id(), archive, device);
            TorchModule module = TorchModule.load(archive, spec.texts().pooling(), device);
            try {
                return new TorchSentenceModel(module, key, precision(module, spec), spec);
            } catch (ModelException | RuntimeException e) {
                module.close();
                throw e;
            }
        } catch (ModelException e) {
            throw new ModelException(spec.id() + ": " + archive + ": " + e.getMessage(), e);
        } catch (IOException | RuntimeException e) {
            throw new ModelException(spec.id() + ": " + archive + " cannot be run: " + TorchErrors.reason(e), e);
        }
    }

    /** Names the file, the engine's version and the kind of device. */
    public String key() {
        return key;
    }

    /** What the model computes in, as its output shows; what the specification says where that shows nothing. */
    public Precision precision() {
        return precision;
    }

    @Override
    public List<Vector> run(List<TokenSequence> batch) throws ModelException {
        int rows = batch.size();
        int columns = batch.stream().mapToInt(TokenSequence::length).max().orElse(0);
        InputMemory memory = memories.poll();
        if (memory == null || memory.capacity() < rows * columns) {
            memory = new InputMemory(rows * columns);
        }
        memory.fill(batch, columns, padId, pooling);
        try (NDManager scope = module.newScope()) {
            NDArray output = module.forward(scope, memory, rows, columns).toType(DataType.FLOAT32, false);
            NDArray vectors = pooling.isNone()
                    ? output
                    : memory.weights(scope, rows, columns).batchMatMul(output);
            return Vector.rows(vectors.toFloatArray(), rows);
        } catch (RuntimeException e) {
            throw new ModelException(
                    "a batch of " + rows + " x " + columns + " tokens failed: " + TorchErrors.reason(e), e);
        } finally {
            memories.add(memory);
        }
    }

    @Override
    public void close() {
        module.close();
    }

    /** Runs the shortest batch: an id that every vocabulary has, twice. */
    private static Precision precision(TorchModule module, ModelSpec spec) throws ModelException {
        InputMemory memory = new InputMemory(2);
        memory.fill(
                List.of(new TokenSequence(new int[] {0, 0})),
                2,
                spec.texts().input().padId(),
                spec.texts().pooling());
        try (NDManager scope = module.newScope()) {
            DataType type = module.forward(scope, memory, 1, 2).getDataType();
            return type == DataType.FLOAT16 ? Precision.FP16 : spec.precision();
        }
    }

    private static Path archive(ModelSpec spec) throws ModelException {
        return switch (spec.source()) {
            case ModelSource.Files files -> files.weights();
            case ModelSource.Embedded embedded ->
                throw new ModelException(
                        spec.id() + ": engine is pytorch, but " + embedded.weightsResource() + " is an ONNX graph");
            case ModelSource.Safetensors weights ->
                throw new ModelException(
                        spec.id() + ": engine is pytorch, but " + weights.weights() + " has no program");
            case ModelSource.Table table ->
                throw new ModelException(spec.id() + ": engine is pytorch, but " + table.table() + " has no program");
            case ModelSource.Towers towers ->
                throw new ModelException(
                        spec.id() + ": engine is pytorch, but " + towers.texts() + " is an ONNX graph");
            case ModelSource.Graph graph ->
                throw new ModelException(spec.id() + ": engine is pytorch, but " + graph.graph() + " is an ONNX graph");
            case ModelSource.Program program ->
                throw new ModelException(spec.id() + ": " + program.archive() + " has no tokeniser beside it");
        };
    }

    private static String key(String id, Path archive, Device device) throws IOException, ModelException {
        BasicFileAttributes attributes = Files.readAttributes(archive, BasicFileAttributes.class);
        String text = String.join(
                "\n",
                archive.toRealPath().toString(),
                Long.toString(attributes.size()),
                Long.toString(attributes.lastModifiedTime().toMillis()),
                PyTorch.version(),
                System.getProperty("os.arch"),
                device.isGpu() ? "gpu" : "cpu");
        return CacheKey.named(id, "torch-" + CacheKey.of(text));
    }
}
