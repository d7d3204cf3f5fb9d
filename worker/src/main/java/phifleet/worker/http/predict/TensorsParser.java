package phifleet.worker.http.predict;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;
import phifleet.http.json.Excerpt;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;
import phifleet.inference.tensor.TensorModel;
import phifleet.worker.http.tensor.TensorJson;

/**
 * Reads {@code {"inputs": {name: nested lists, …}}}; where a model has one input, {@code {"inputs": nested lists}} too. Types are the
 * model's, shapes follow from the nesting.
 */
record TensorsParser(JsonLimits limits) {

    /**
     * What was asked.
     *
     * @param outputs names of those wanted, in the order of the answer
     */
    record Asked(TensorSet inputs, List<String> outputs) {}

    Asked parse(byte[] body, TensorModel model) throws BadBody {
        Signature signature = model.signature();
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        List<String> outputs =
                signature.outputs().stream().map(Signature.Value::name).toList();
        try (JsonInput json = limits.open(body)) {
            json.openObject();
            String key;
            while ((key = json.nextField()) != null) {
                switch (key) {
                    case "inputs" -> inputs(json, signature, inputs);
                    case "outputs" -> outputs = outputs(json, signature);
                    default ->
                        throw BadBody.value(Problem.badRequest(
                                "unknown_field",
                                "`" + Excerpt.of(key) + "` is no field of a request for tensors; there are inputs and"
                                        + " outputs",
                                key));
                }
            }
            json.end();
        }
        for (Signature.Value input : signature.inputs()) {
            if (!inputs.containsKey(input.name())) {
                throw BadBody.value(Problem.badRequest(
                        "missing_field",
                        "`inputs." + input.name() + "` is missing: " + input.type() + " of shape " + input.shape(),
                        "inputs." + input.name()));
            }
        }
        return new Asked(new TensorSet(inputs), outputs);
    }

    private static void inputs(JsonInput json, Signature signature, Map<String, Tensor> inputs) throws BadBody {
        if (json.current() != JsonToken.START_OBJECT) {
            if (signature.inputs().size() != 1) {
                throw json.mismatch(
                        "inputs",
                        -1,
                        "an object with "
                                + signature.inputs().stream()
                                        .map(Signature.Value::name)
                                        .toList());
            }
            Signature.Value only = signature.inputs().getFirst();
            inputs.put(only.name(), tensor(json, "inputs", only));
            return;
        }
        String name;
        while ((name = json.nextField()) != null) {
            String wanted = name;
            Signature.Value input = signature
                    .input(wanted)
                    .orElseThrow(() -> BadBody.value(Problem.badRequest(
                            "unknown_input",
                            "the model has no input '" + Excerpt.of(wanted) + "'; it has "
                                    + signature.inputs().stream()
                                            .map(Signature.Value::name)
                                            .toList(),
                            "inputs." + Excerpt.of(wanted))));
            inputs.put(name, tensor(json, "inputs." + name, input));
        }
    }

    private static Tensor tensor(JsonInput json, String field, Signature.Value input) throws BadBody {
        Tensor tensor = TensorJson.nested(json, field, input.type());
        if (!input.accepts(tensor.shape())) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    "`" + field + "` must have the shape " + input.shape() + ", where -1 is any size; it has "
                            + tensor.shape(),
                    field));
        }
        return tensor;
    }

    private static List<String> outputs(JsonInput json, Signature signature) throws BadBody {
        List<String> known =
                signature.outputs().stream().map(Signature.Value::name).toList();
        if (json.current() != JsonToken.START_ARRAY) {
            throw json.mismatch("outputs", -1, "a list of names");
        }
        List<String> outputs = new ArrayList<>();
        while (json.next() != JsonToken.END_ARRAY) {
            String name = json.text("outputs", outputs.size());
            if (!known.contains(name) || outputs.contains(name)) {
                throw json.mismatch("outputs", outputs.size(), "one of " + known + ", each once");
            }
            outputs.add(name);
        }
        return outputs.isEmpty() ? known : outputs;
    }
}
