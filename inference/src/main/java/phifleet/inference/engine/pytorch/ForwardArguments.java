package phifleet.inference.engine.pytorch;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phifleet.inference.engine.pytorch.ForwardSignature.Parameter;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Signature;

/**
 * The tensors that {@code forward} gets, in its order. An archive has the names of its parameters and whether each is a tensor, but neither
 * the tensors' types nor their sizes, so these come from outside, by the parameter's name, or by its place as Triton's users write it:
 * {@code INPUT__0}. DJL passes tensors by place, and goes by a tensor's name where it is {@code features.ids} (an entry of the mapping
 * {@code features}) or {@code parts[]} (an entry of a list).
 */
record ForwardArguments(List<Argument> list) {
    private static final Pattern PLACE = Pattern.compile(".*__(\\d{1,3})");
    private static final String TENSOR = "Tensor";
    private static final String MAPPING = "Dict[str, Tensor]";
    private static final String LIST = "List[Tensor]";

    /**
     * One tensor.
     *
     * @param passedAs the name by which DJL knows where it goes; null for a parameter of its own
     */
    record Argument(Signature.Value value, @Nullable String passedAs) {}

    ForwardArguments {
        list = List.copyOf(list);
    }

    /**
     * Holds what is said of the inputs against what {@code forward} takes.
     *
     * @param said in any order where parameters have the names, else in forward's
     * @throws ModelException if something is not said, or does not fit: the message has forward's parameters, and how to say it
     */
    static ForwardArguments of(ForwardSignature signature, List<Signature.Value> said) throws ModelException {
        List<Parameter> parameters = signature.parameters();
        if (said.isEmpty()) {
            throw mistake(parameters, "a TorchScript archive has neither types nor shapes");
        }
        if (parameters.size() == 1) {
            Parameter only = parameters.getFirst();
            if (only.type().equals(MAPPING)) {
                return all(said, value -> only.name() + '.' + value.name());
            }
            if (only.type().equals(LIST)) {
                return all(said, value -> only.name() + "[]");
            }
        }
        return inOrder(parameters, said);
    }

    private static ForwardArguments inOrder(List<Parameter> parameters, List<Signature.Value> said)
            throws ModelException {
        Signature.@Nullable Value[] byPlace = new Signature.@Nullable Value[parameters.size()];
        for (Signature.Value value : said) {
            int place = place(parameters, value.name());
            if (place < 0 || place >= byPlace.length) {
                throw mistake(parameters, "no parameter of it is '" + value.name() + "'");
            }
            if (byPlace[place] != null) {
                throw mistake(
                        parameters, "its parameter " + parameters.get(place).name() + " is named twice");
            }
            byPlace[place] = value;
        }
        List<Argument> list = new ArrayList<>();
        for (int i = 0; i < byPlace.length; i++) {
            Parameter parameter = parameters.get(i);
            Signature.Value value = byPlace[i];
            boolean tensor = parameter.type().equals(TENSOR) || parameter.type().equals("Optional[" + TENSOR + "]");
            if (value != null && !tensor) {
                throw mistake(parameters, parameter.name() + " is no tensor, and only tensors can be passed");
            }
            if (value == null && !parameter.optional()) {
                throw mistake(
                        parameters,
                        tensor
                                ? "nothing is said of " + parameter.name()
                                : parameter.name() + " is no tensor, and only tensors can be passed");
            }
            if (value != null && list.size() < i) {
                throw mistake(
                        parameters,
                        parameter.name() + " is named, and "
                                + parameters.get(i - 1).name() + " before it is not: places count");
            }
            if (value != null) {
                list.add(new Argument(value, null));
            }
        }
        return new ForwardArguments(list);
    }

    private static int place(List<Parameter> parameters, String name) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals(name)) {
                return i;
            }
        }
        Matcher numbered = PLACE.matcher(name);
        return numbered.matches() ? Integer.parseInt(numbered.group(1)) : -1;
    }

    private static ForwardArguments all(List<Signature.Value> said, Function<Signature.Value, String> passedAs) {
        return new ForwardArguments(said.stream()
                .map(value -> new Argument(value, passedAs.apply(value)))
                .toList());
    }

    private static ModelException mistake(List<Parameter> parameters, String reason) {
        String first = parameters.isEmpty() ? "x" : parameters.getFirst().name();
        return new ModelException("forward takes "
                + parameters.stream()
                        .map(parameter -> parameter.name() + ": " + parameter.type())
                        .toList()
                + ", and " + reason + "; name its tensors in models.yaml, as inputs: [{name: " + first
                + ", datatype: FP32, shape: [-1, 3, 224, 224]}]");
    }
}
