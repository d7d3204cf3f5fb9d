package phifleet.worker.http.oip;

import com.fasterxml.jackson.core.JsonToken;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;

/** Reads the bodies of inference requests: JSON, JSON with bytes behind it, or one tensor's bytes alone. */
record InferParser(JsonLimits limits) {

    /**
     * Reads a body.
     *
     * @param head how many of its bytes are JSON
     */
    InferRequest parse(byte[] body, int head, OipModel model) throws BadBody {
        ByteBuffer tail = ByteBuffer.wrap(body, head, body.length - head).slice();
        if (head == 0) {
            return raw(tail, model);
        }
        byte[] json = head == body.length ? body : java.util.Arrays.copyOf(body, head);
        try (JsonInput input = limits.open(json)) {
            return read(input, tail, model);
        }
    }

    private InferRequest read(JsonInput json, ByteBuffer tail, OipModel model) throws BadBody {
        json.openObject();
        String id = null;
        List<GivenInput> inputs = null;
        List<InferRequest.Wanted> outputs = List.of();
        List<@Nullable Boolean> forms = new ArrayList<>();
        InputParameters parameters = InputParameters.NONE;
        String key;
        while ((key = json.nextField()) != null) {
            switch (key) {
                case "id" -> id = json.optionalText(key);
                case "parameters" -> parameters = InputParameters.read(json, key);
                case "inputs" -> inputs = inputs(json, model);
                case "outputs" -> outputs = outputs(json, model, forms);
                default -> json.skip();
            }
        }
        json.end();
        if (inputs == null) {
            throw BadBody.value(Problem.badRequest("missing_field", "`inputs` is missing", "inputs"));
        }
        return new InferRequest(id, tensors(inputs, tail, model), wanted(outputs, forms, parameters, model));
    }

    /** One tensor alone: Triton's raw binary requests. Its shape follows from its length. */
    private static InferRequest raw(ByteBuffer tail, OipModel model) throws BadBody {
        List<Signature.Value> inputs = model.signature().inputs();
        String id = model.served().description().id();
        if (inputs.size() != 1) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    "a raw binary request needs a model with one input, and model '" + id + "' has " + inputs.size(),
                    null));
        }
        Signature.Value input = inputs.getFirst();
        List<Long> shape = RawShape.of(input, tail.remaining());
        Tensor tensor = input.type() == ElementType.STRING
                ? BinaryTensors.oneString(input.name(), shape, tail)
                : BinaryTensors.read(input.name(), input.type(), shape, tail);
        return new InferRequest(
                null,
                new TensorSet(Map.of(input.name(), tensor)),
                wanted(List.of(), List.of(), new InputParameters(-1, true, 0), model));
    }

    private List<GivenInput> inputs(JsonInput json, OipModel model) throws BadBody {
        if (json.current() != JsonToken.START_ARRAY) {
            throw json.mismatch("inputs", -1, "a list");
        }
        List<GivenInput> inputs = new ArrayList<>();
        while (json.next() != JsonToken.END_ARRAY) {
            inputs.add(GivenInput.read(json, inputs.size(), limits, model));
            new SignatureFit(model).most(inputs.size());
        }
        return inputs;
    }

    private static List<InferRequest.Wanted> outputs(JsonInput json, OipModel model, List<@Nullable Boolean> forms)
            throws BadBody {
        if (json.isNull()) {
            return List.of();
        }
        if (json.current() != JsonToken.START_ARRAY) {
            throw json.mismatch("outputs", -1, "a list");
        }
        List<InferRequest.Wanted> outputs = new ArrayList<>();
        while (json.next() != JsonToken.END_ARRAY) {
            String field = JsonInput.path("outputs", outputs.size());
            json.openNested(field);
            String name = "";
            InputParameters parameters = InputParameters.NONE;
            String key;
            while ((key = json.nextField()) != null) {
                switch (key) {
                    case "name" -> name = json.text(field + ".name");
                    case "parameters" -> parameters = InputParameters.read(json, field + ".parameters");
                    default -> json.skip();
                }
            }
            Classes.require(new SignatureFit(model).output(name, outputs, field), parameters.classes(), field);
            outputs.add(new InferRequest.Wanted(name, false, parameters.classes()));
            forms.add(parameters.binary());
        }
        return outputs;
    }

    /** All outputs where none is named; as JSON where nothing says otherwise. */
    private static List<InferRequest.Wanted> wanted(
            List<InferRequest.Wanted> named, List<@Nullable Boolean> forms, InputParameters parameters, OipModel model)
            throws BadBody {
        boolean binary = Boolean.TRUE.equals(parameters.binary());
        if (named.isEmpty()) {
            for (Signature.Value output : model.signature().outputs()) {
                Classes.require(output, parameters.classes(), "parameters.classification");
            }
            return model.signature().outputs().stream()
                    .map(output -> new InferRequest.Wanted(output.name(), binary, parameters.classes()))
                    .toList();
        }
        List<InferRequest.Wanted> all = new ArrayList<>();
        for (int i = 0; i < named.size(); i++) {
            Boolean own = forms.get(i);
            all.add(new InferRequest.Wanted(
                    named.get(i).name(),
                    own == null ? binary : own,
                    named.get(i).classes()));
        }
        return all;
    }

    private static TensorSet tensors(List<GivenInput> inputs, ByteBuffer tail, OipModel model) throws BadBody {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (GivenInput input : inputs) {
            String name = input.expected().name();
            Tensor tensor = input.tensor();
            if (tensor == null) {
                if (input.binaryBytes() > tail.remaining()) {
                    throw BinaryTensors.mistake(
                            name,
                            "has binary_data_size " + input.binaryBytes() + ", and " + tail.remaining()
                                    + " bytes are left behind the JSON");
                }
                int length = (int) input.binaryBytes();
                tensor = BinaryTensors.read(
                        name, input.expected().type(), input.shape(), tail.slice(tail.position(), length));
                tail.position(tail.position() + length);
            }
            SignatureFit.add(name, tensor, tensors);
        }
        if (tail.hasRemaining()) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    tail.remaining() + " bytes behind the JSON belong to no input; does each binary_data_size count its"
                            + " tensor's bytes, and Inference-Header-Content-Length the JSON's?",
                    null));
        }
        return new SignatureFit(model).whole(tensors);
    }
}
