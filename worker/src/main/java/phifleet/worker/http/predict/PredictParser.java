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
import phifleet.inference.tensor.ImageModel;
import phifleet.inference.tensor.TensorModel;
import phifleet.worker.http.image.ImageBody;
import phifleet.worker.http.tensor.TensorJson;

/**
 * Reads {@code {"inputs": {name: nested lists, …}}}; where a model has one input, {@code {"inputs": nested lists}} too. Types are the
 * model's, shapes follow from the nesting. For a model of images {@code {"image": base64}} as well.
 */
record PredictParser(JsonLimits limits) {

    /** What was asked. */
    sealed interface Asked {
        /**
         * Tensors.
         *
         * @param outputs names of those wanted, in the order of the answer
         */
        record Tensors(TensorSet inputs, List<String> outputs) implements Asked {}

        /** An image. */
        final class Picture implements Asked {
            private final byte[] file;
            private final ImageWishes wishes;

            Picture(byte[] file, ImageWishes wishes) {
                this.file = file;
                this.wishes = wishes;
            }

            /** As it would lie on a disk; not copied. */
            byte[] file() {
                return file;
            }

            ImageWishes wishes() {
                return wishes;
            }
        }
    }

    /**
     * Reads a body.
     *
     * @param wishes what the query says; the body's own fields come first
     */
    Asked parse(byte[] body, TensorModel model, ImageWishes wishes) throws BadBody {
        Signature signature = model.signature();
        boolean seesImages = model instanceof ImageModel;
        Map<String, Tensor> inputs = new LinkedHashMap<>();
        List<String> outputs =
                signature.outputs().stream().map(Signature.Value::name).toList();
        byte[] image = null;
        ImageWishes wanted = wishes;
        try (JsonInput json = limits.open(body)) {
            json.openObject();
            String key;
            while ((key = json.nextField()) != null) {
                switch (seesImages || !ImageWishes.FIELDS.contains(key) ? key : "") {
                    case "inputs" -> inputs(json, signature, inputs);
                    case "outputs" -> outputs = outputs(json, signature);
                    case "image" -> image = ImageBody.decode(json.text(key), key);
                    case "top_k" -> wanted = wanted.withTopK(json.integer(key, -1, 1, ImageWishes.MOST));
                    case "threshold" -> wanted = wanted.withThreshold(share(json, key));
                    case "iou" -> wanted = wanted.withIou(share(json, key));
                    default -> throw unknown(key, seesImages);
                }
            }
            json.end();
        }
        if (image != null && inputs.isEmpty()) {
            return new Asked.Picture(image, wanted);
        }
        if (image != null) {
            throw BadBody.value(Problem.badRequest(
                    "invalid_value", "a request has either `image` or `inputs`, not both", "inputs"));
        }
        for (Signature.Value input : signature.inputs()) {
            if (!inputs.containsKey(input.name())) {
                throw BadBody.value(Problem.badRequest(
                        "missing_field",
                        (seesImages ? "`image` or " : "") + "`inputs." + input.name() + "` is missing: " + input.type()
                                + " of shape " + input.shape(),
                        "inputs." + input.name()));
            }
        }
        return new Asked.Tensors(new TensorSet(inputs), outputs);
    }

    /** Whether a body is about an image, as far as it can be read. */
    boolean hasImage(byte[] body) {
        try (JsonInput json = limits.open(body)) {
            json.openObject();
            for (String key = json.nextField(); key != null; key = json.nextField()) {
                if (key.equals("image")) {
                    return true;
                }
                json.skip();
            }
        } catch (BadBody mistake) {
            // Whoever reads all of it says so.
        }
        return false;
    }

    static double share(JsonInput json, String field) throws BadBody {
        double value = json.float64(field, -1);
        if (value < 0 || value > 1) {
            throw json.mismatch(field, -1, "a number from 0 to 1");
        }
        return value;
    }

    private static BadBody unknown(String key, boolean seesImages) {
        return BadBody.value(Problem.badRequest(
                "unknown_field",
                "`" + Excerpt.of(key) + "` is no field of a request to this model; there are "
                        + (seesImages ? ImageWishes.FIELDS + " and " : "") + "inputs and outputs",
                key));
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
