package phifleet.worker.http.oip;

import com.fasterxml.jackson.core.JsonToken;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.Problem;
import phifleet.http.json.BadBody;
import phifleet.http.json.JsonInput;
import phifleet.http.json.JsonLimits;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Tensor;
import phifleet.worker.http.tensor.TensorJson;

/**
 * An entry of {@code inputs}.
 *
 * @param expected the model's input of this name
 * @param tensor null where the elements follow the JSON as bytes
 * @param binaryBytes how many bytes those are; -1 where the elements are here
 */
record GivenInput(
        Signature.Value expected,
        List<Long> shape,
        @Nullable Tensor tensor,
        long binaryBytes) {

    /** Reads one, wherever its fields stand. */
    static GivenInput read(JsonInput json, int index, JsonLimits limits, OipModel model) throws BadBody {
        String field = JsonInput.path("inputs", index);
        json.openNested(field);
        String name = null;
        List<Long> shape = null;
        ElementType type = null;
        byte[] data = null;
        Tensor tensor = null;
        InputParameters parameters = InputParameters.NONE;
        String key;
        while ((key = json.nextField()) != null) {
            switch (key) {
                case "name" -> name = json.text(field + ".name");
                case "shape" -> shape = shape(json, field + ".shape");
                case "datatype" -> type = type(json, field + ".datatype");
                case "parameters" -> parameters = InputParameters.read(json, field + ".parameters");
                case "data" -> {
                    if (type != null && shape != null) {
                        tensor = TensorJson.shaped(json, field + ".data", type, shape);
                    } else {
                        data = json.skippedList(field + ".data");
                    }
                }
                default -> json.skip();
            }
        }
        if (name == null || shape == null || type == null) {
            String missing = name == null ? "name" : shape == null ? "shape" : "datatype";
            throw BadBody.value(
                    Problem.badRequest("missing_field", "`" + field + "." + missing + "` is missing", field));
        }
        Signature.Value expected = new SignatureFit(model).input(name, type, shape, field);
        if (data != null) {
            try (JsonInput later = limits.open(data)) {
                later.next();
                tensor = TensorJson.shaped(later, field + ".data", type, shape);
            }
        }
        if ((tensor == null) == (parameters.binaryBytes() < 0)) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value",
                    "`" + field + "` needs either `data` or `parameters.binary_data_size`, and has "
                            + (tensor == null ? "neither" : "both"),
                    field));
        }
        return new GivenInput(expected, shape, tensor, parameters.binaryBytes());
    }

    private static List<Long> shape(JsonInput json, String field) throws BadBody {
        if (json.current() != JsonToken.START_ARRAY) {
            throw json.mismatch(field, -1, "a list of sizes");
        }
        List<Long> shape = new ArrayList<>();
        while (json.next() != JsonToken.END_ARRAY) {
            if (shape.size() == 64) {
                throw json.mismatch(field, -1, "a list of at most 64 sizes");
            }
            shape.add(json.integer64(field, shape.size(), 0, Integer.MAX_VALUE));
        }
        return shape;
    }

    private static ElementType type(JsonInput json, String field) throws BadBody {
        String name = json.text(field);
        ElementType type = DataTypes.find(name).orElse(null);
        if (type == null) {
            throw json.mismatch(field, -1, DataTypes.ONE_OF);
        }
        return type;
    }
}
