package phifleet.inference.tensor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Tensor;
import phifleet.inference.model.TensorSet;

/**
 * Requests of tensors whose answers are known from another implementation: a model that does not reproduce them must not serve.
 *
 * <p>The form is a JSON list of {@code {"inputs": {name: [[…]]}, "outputs": {name: [[…]]}}}. Outputs that an entry does not name are not
 * compared. How like an output of floats is to the known one is {@code 1 − ‖a − b‖² / 2‖b‖²}, which is the cosine where both have one
 * length, and less where they have not, but never
 * less than −1; all else is like only where it is the same.
 */
public final class TensorGolden {
    private final String name;
    private final List<Known> all;

    private record Known(TensorSet inputs, Map<String, Tensor> outputs) {}

    private TensorGolden(String name, List<Known> all) {
        this.name = name;
        this.all = List.copyOf(all);
    }

    /**
     * Reads known answers.
     *
     * @param name names the file in errors
     * @param signature of the model, which has the types
     * @throws ModelException if it has another form, or the model has not these inputs and outputs
     */
    public static TensorGolden read(byte[] json, String name, Signature signature) throws ModelException {
        try {
            List<Known> all = new ArrayList<>();
            for (JsonNode entry : new JsonMapper().readTree(json)) {
                Map<String, Tensor> inputs =
                        tensors(name + ": inputs of entry " + all.size(), entry.path("inputs"), signature.inputs());
                Map<String, Tensor> outputs =
                        tensors(name + ": outputs of entry " + all.size(), entry.path("outputs"), signature.outputs());
                for (Signature.Value input : signature.inputs()) {
                    Tensor given = inputs.get(input.name());
                    if (given == null || !input.accepts(given.shape())) {
                        throw new ModelException(name + ": entry " + all.size() + " has " + given + " for the input "
                                + input.name() + ", which is " + input.type() + " " + input.shape());
                    }
                }
                if (outputs.isEmpty()) {
                    throw new ModelException(name + ": entry " + all.size() + " has no outputs");
                }
                all.add(new Known(new TensorSet(inputs), outputs));
            }
            if (all.isEmpty()) {
                throw new ModelException(name + " has no entries");
            }
            return new TensorGolden(name, all);
        } catch (IOException e) {
            throw ModelException.ofJson(name, e);
        }
    }

    private static Map<String, Tensor> tensors(String what, JsonNode json, List<Signature.Value> values)
            throws ModelException {
        Map<String, Tensor> tensors = new LinkedHashMap<>();
        for (Map.Entry<String, JsonNode> member : json.properties()) {
            Signature.Value value = values.stream()
                    .filter(one -> one.name().equals(member.getKey()))
                    .findFirst()
                    .orElseThrow(() -> new ModelException(what + ": the model has no " + member.getKey() + ", only "
                            + values.stream().map(Signature.Value::name).toList()));
            try {
                tensors.put(value.name(), NestedNumbers.of(member.getValue()).tensor(value.type()));
            } catch (ModelException e) {
                throw new ModelException(what + ": " + value.name() + ": " + e.getMessage(), e);
            }
        }
        return tensors;
    }

    /** Of the file, as it is said in errors. */
    public String name() {
        return name;
    }

    public int size() {
        return all.size();
    }

    /**
     * Runs the requests one by one.
     *
     * @param least how like each output must be
     * @return how like the worst is
     * @throws ModelException if one is less than that, or has another shape; the message says which
     */
    public double verify(String modelId, Model<TensorSet, TensorSet> model, double least) throws ModelException {
        double worst = 1;
        for (int entry = 0; entry < all.size(); entry++) {
            TensorSet found = model.run(List.of(all.get(entry).inputs())).getFirst();
            for (Map.Entry<String, Tensor> known : all.get(entry).outputs().entrySet()) {
                Tensor actual = found.get(known.getKey());
                if (actual == null || !actual.shape().equals(known.getValue().shape())) {
                    throw new ModelException(modelId + " gives " + actual + " for the output " + known.getKey()
                            + ", but entry " + entry + " of " + name + " has " + known.getValue());
                }
                double likeness = likeness(actual, known.getValue());
                if (!(likeness >= least)) {
                    throw new ModelException(String.format(
                            Locale.ROOT,
                            "%s fails its golden check: the output %s of entry %d in %s is like the known one by %.6f and needs %.4f",
                            modelId,
                            known.getKey(),
                            entry,
                            name,
                            likeness,
                            least));
                }
                worst = Math.min(worst, likeness);
            }
        }
        return worst;
    }

    private static double likeness(Tensor actual, Tensor known) {
        if (known.type() == ElementType.STRING) {
            return actual.strings().equals(known.strings()) ? 1 : 0;
        }
        double apart = 0;
        double length = 0;
        for (int i = 0; i < known.size(); i++) {
            double difference = actual.number(i) - known.number(i);
            apart += difference * difference;
            length += known.number(i) * known.number(i);
        }
        if (apart == 0) {
            return 1;
        }
        return switch (known.type()) {
            case FP16, BF16, FP32, FP64 -> length == 0 ? 0 : Math.max(-1, 1 - apart / length / 2);
            case BOOL, INT8, UINT8, INT16, UINT16, INT32, UINT32, INT64, UINT64, STRING -> 0;
        };
    }
}
