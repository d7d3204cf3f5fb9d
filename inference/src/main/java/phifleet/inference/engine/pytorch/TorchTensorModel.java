package phifleet.inference.engine.pytorch;

import ai.djl.Device;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import phifleet.inference.engine.pytorch.ForwardArguments.Argument;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;

/**
 * A TorchScript program of any tensors, on PyTorch through DJL. Requests of a batch run one after another. Thread-safe.
 *
 * <p>Inputs are copied once, since a program may write into its arguments; outputs once, since torch's memory ends with the call.
 */
public final class TorchTensorModel implements Model<TensorSet, TensorSet> {
    private final TorchProgram program;
    private final ForwardArguments arguments;
    private final TorchOutputs outputs;
    private final Signature signature;

    private TorchTensorModel(
            TorchProgram program, ForwardArguments arguments, TorchOutputs outputs, List<Signature.Value> said)
            throws ModelException {
        this.program = program;
        this.arguments = arguments;
        this.outputs = outputs;
        List<Signature.Value> inputs =
                arguments.list().stream().map(Argument::value).toList();
        this.signature = new Signature(inputs, new OutputProbe(inputs, this::forward).outputs(said));
    }

    /**
     * Loads a program and runs it with examples, which also puts it in evaluation mode before any thread shares it.
     *
     * @param id names the model in errors
     * @param usual the inputs where the source names none, in forward's order, under whatever names; none where nothing is known
     * @throws ModelException if the engine, the device or the file will not do, or its inputs are not known
     */
    public static TorchTensorModel load(
            String id, ModelSource.Program source, List<Signature.Value> usual, Device device) throws ModelException {
        Path archive = source.archive();
        try {
            if (device.isGpu()) {
                PyTorch.requireGpu(device);
            }
            ForwardSignature forward = ForwardSignature.read(archive);
            ForwardArguments arguments =
                    ForwardArguments.of(forward, source.inputs().isEmpty() ? named(usual, forward) : source.inputs());
            for (Argument argument : arguments.list()) {
                if (!TorchTensors.isKnown(argument.value().type())) {
                    throw new ModelException("input " + argument.value().name() + " is "
                            + argument.value().type() + "; torch gets " + TorchTensors.known());
                }
            }
            TorchOutputs outputs = new TorchOutputs(
                    source.outputs().stream().map(Signature.Value::name).toList());
            TorchProgram program = TorchProgram.load(archive, device);
            try {
                return new TorchTensorModel(program, arguments, outputs, source.outputs());
            } catch (ModelException | RuntimeException e) {
                program.close();
                throw e;
            }
        } catch (ModelException e) {
            throw new ModelException(id + ": " + archive + ": " + e.getMessage(), e);
        } catch (RuntimeException e) {
            throw new ModelException(id + ": " + archive + " cannot be run: " + TorchErrors.reason(e), e);
        }
    }

    public Signature signature() {
        return signature;
    }

    @Override
    public List<TensorSet> run(List<TensorSet> batch) throws ModelException {
        List<TensorSet> answers = new ArrayList<>(batch.size());
        for (TensorSet inputs : batch) {
            Map<String, Tensor> found = forward(inputs);
            for (Signature.Value output : signature.outputs()) {
                if (!found.containsKey(output.name())) {
                    throw new ModelException("forward gave no output " + output.name() + " this time");
                }
            }
            answers.add(new TensorSet(found));
        }
        return answers;
    }

    @Override
    public void close() {
        program.close();
    }

    private Map<String, Tensor> forward(TensorSet inputs) throws ModelException {
        try (NDManager scope = program.newScope()) {
            NDList given = new NDList(arguments.list().size());
            for (Argument argument : arguments.list()) {
                Tensor tensor =
                        Objects.requireNonNull(inputs.get(argument.value().name()));
                given.add(TorchTensors.give(scope, tensor, argument.passedAs()));
            }
            return outputs.take(program.forward(given));
        } catch (RuntimeException e) {
            throw ModelException.unclear("the program fails: " + TorchErrors.reason(e), e);
        }
    }

    /** With the names of forward's parameters, as far as there are some. */
    private static List<Signature.Value> named(List<Signature.Value> usual, ForwardSignature forward) {
        Map<String, Signature.Value> named = new LinkedHashMap<>();
        for (int i = 0; i < usual.size(); i++) {
            Signature.Value value = usual.get(i);
            String name = i < forward.parameters().size()
                    ? forward.parameters().get(i).name()
                    : value.name();
            named.put(name, new Signature.Value(name, value.type(), value.shape()));
        }
        return List.copyOf(named.values());
    }
}
