package phifleet.inference.engine.pytorch;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.DataType;
import java.nio.file.Path;
import java.util.List;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Pooling;

/** A loaded TorchScript module and which of its outputs is wanted. Thread-safe once it has run. */
final class TorchModule implements AutoCloseable {
    /** Names that say what an output is, where a mapping of them comes back. */
    private static final List<String> HIDDEN = List.of("last_hidden_state", "token_embeddings", "hidden_states");

    private static final List<String> POOLED =
            List.of("sentence_embedding", "embedding", "embeddings", "pooler_output");

    private final TorchProgram program;
    private final List<String> inputNames;
    private final Pooling pooling;

    private TorchModule(TorchProgram program, List<String> inputNames, Pooling pooling) {
        this.program = program;
        this.inputNames = inputNames;
        this.pooling = pooling;
    }

    /** Reads a module's weights and code onto a device. */
    static TorchModule load(Path archive, Pooling pooling, Device device) throws ModelException {
        List<String> inputNames = EncoderInputs.names(ForwardSignature.read(archive));
        return new TorchModule(TorchProgram.load(archive, device), inputNames, pooling);
    }

    /** A place for the tensors of one call, on the module's device. */
    NDManager newScope() {
        return program.newScope();
    }

    /**
     * The tokens' vectors, rows × columns × width; or the texts', rows × width, where the module pools by itself. Of whatever
     * floats the module computes in.
     */
    NDArray forward(NDManager scope, InputMemory memory, int rows, int columns) throws ModelException {
        NDList inputs = memory.inputs(scope, inputNames, rows, columns);
        return wanted(program.forward(inputs));
    }

    @Override
    public void close() {
        program.close();
    }

    /** By its name, else the first of floats that has the dimensions. */
    private NDArray wanted(NDList outputs) throws ModelException {
        int rank = pooling.isNone() ? 2 : 3;
        List<String> usual = pooling.isNone() ? POOLED : HIDDEN;
        List<NDArray> fitting = outputs.stream()
                .filter(output -> output.getShape().dimension() == rank
                        && output.getDataType().isFloating())
                .toList();
        return usual.stream()
                .flatMap(name -> fitting.stream().filter(output -> name.equals(output.getName())))
                .findFirst()
                .or(() -> fitting.stream().findFirst())
                .orElseThrow(() -> new ModelException("pooling " + pooling.label() + " wants an output of floats with "
                        + rank + " dimensions, but the outputs are "
                        + outputs.stream().map(TorchModule::describe).toList()));
    }

    private static String describe(NDArray output) {
        String name = output.getName();
        DataType type = output.getDataType();
        // DJL knows none for bfloat16.
        String typeName = type == DataType.UNKNOWN ? "of a type that cannot be read" : type.toString();
        return (name == null ? "" : name + ' ') + typeName + ' ' + output.getShape();
    }
}
