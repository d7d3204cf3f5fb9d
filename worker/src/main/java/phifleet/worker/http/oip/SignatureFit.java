package phifleet.worker.http.oip;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;

/** Whether what a request names is what its model has, in the same words over HTTP and gRPC. */
record SignatureFit(OipModel model) {

    /**
     * The input that a tensor is for.
     *
     * @param field its place in the request
     */
    Signature.Value input(String name, ElementType type, List<Long> shape, String field) throws BadBody {
        Signature.Value expected = model.signature()
                .input(name)
                .orElseThrow(() -> BadBody.value(Problem.badRequest(
                        "unknown_input",
                        "unexpected inference input '" + Excerpt.of(name) + "' for model '" + id() + "'; it has "
                                + names(model.signature().inputs()),
                        field)));
        if (expected.type() != type) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    "inference input '" + name + "' data-type is '" + DataTypes.name(type) + "', but model '" + id()
                            + "' expects '" + DataTypes.name(expected.type()) + "'",
                    field));
        }
        if (!expected.accepts(shape)) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    "unexpected shape for input '" + name + "' for model '" + id() + "'. Expected " + expected.shape()
                            + ", got " + shape,
                    field));
        }
        return expected;
    }

    /**
     * The output of a name.
     *
     * @param before those that were named already
     * @param field its place in the request
     */
    Signature.Value output(String name, List<InferRequest.Wanted> before, String field) throws BadBody {
        Signature.Value found = model.signature().output(name).orElse(null);
        if (found == null || before.stream().anyMatch(output -> output.name().equals(name))) {
            throw BadBody.value(Problem.badRequest(
                    "unknown_output",
                    "unexpected inference output '" + Excerpt.of(name) + "' for model '" + id()
                            + "'; it has, each once, "
                            + names(model.signature().outputs()),
                    field));
        }
        return found;
    }

    /** Adds an input that fits. */
    static void add(String name, Tensor tensor, Map<String, Tensor> tensors) throws BadBody {
        if (tensors.put(name, tensor) != null) {
            throw BadBody.value(Problem.badRequest("invalid_value", "input '" + name + "' is there twice", name));
        }
    }

    /** All inputs of the model. */
    TensorSet whole(Map<String, Tensor> tensors) throws BadBody {
        most(tensors.size());
        List<String> missing = names(model.signature().inputs()).stream()
                .filter(name -> !tensors.containsKey(name))
                .toList();
        if (!missing.isEmpty()) {
            throw BadBody.value(Problem.badRequest(
                    "missing_input",
                    expected(tensors.size()) + ". Got input(s) " + quoted(tensors.keySet())
                            + ", but missing required input(s) " + quoted(missing),
                    "inputs"));
        }
        return new TensorSet(tensors);
    }

    private static String quoted(Collection<String> names) {
        return names.stream()
                .collect(Collectors.joining("','", names.isEmpty() ? "[" : "['", names.isEmpty() ? "]" : "']"));
    }

    /** No more inputs than the model has. */
    void most(int inputs) throws BadBody {
        if (inputs > model.signature().inputs().size()) {
            throw count(inputs);
        }
    }

    private String expected(int found) {
        return "expected " + model.signature().inputs().size() + " inputs but got " + found + " inputs for model '"
                + id() + "'";
    }

    private BadBody count(int found) {
        List<Signature.Value> inputs = model.signature().inputs();
        return BadBody.value(
                Problem.badRequest("invalid_value", expected(found) + ", which takes " + names(inputs), "inputs"));
    }

    private static List<String> names(List<Signature.Value> values) {
        return values.stream().map(Signature.Value::name).toList();
    }

    private String id() {
        return model.served().description().id();
    }
}
