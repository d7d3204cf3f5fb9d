package phifleet.inference.engine.pytorch;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import phifleet.inference.engine.pytorch.ForwardSignature.Parameter;
import phifleet.inference.model.ModelException;

/**
 * The inputs that a sentence encoder's {@code forward} gets, in its order. DJL passes tensors by place; one whose name is
 * {@code features.input_ids} becomes an entry of the mapping {@code features}.
 */
final class EncoderInputs {
    static final String IDS = "input_ids";
    static final String MASK = "attention_mask";
    static final String TYPES = "token_type_ids";

    private static final Set<String> KNOWN = Set.of(IDS, MASK, TYPES);

    private EncoderInputs() {}

    /**
     * Names for DJL, from what the archive says.
     *
     * @throws ModelException if {@code forward} asks for more than a sentence encoder is given, or less
     */
    static List<String> names(ForwardSignature signature) throws ModelException {
        List<Parameter> parameters = signature.parameters();
        if (parameters.size() == 1 && parameters.getFirst().type().equals("Dict[str, Tensor]")) {
            String mapping = parameters.getFirst().name();
            return List.of(mapping + '.' + IDS, mapping + '.' + MASK, mapping + '.' + TYPES);
        }
        List<String> names = new ArrayList<>();
        for (Parameter parameter : parameters) {
            boolean tensor =
                    parameter.type().equals("Tensor") || parameter.type().equals("Optional[Tensor]");
            if (KNOWN.contains(parameter.name()) && tensor) {
                names.add(parameter.name());
            } else if (parameter.optional()) {
                // Nothing can be passed past it, since places count; what follows keeps its default.
                break;
            } else {
                throw refused(parameters, parameter.name() + " is not known");
            }
        }
        if (!names.contains(IDS)) {
            throw refused(parameters, IDS + " is missing");
        }
        boolean masked =
                parameters.stream().anyMatch(parameter -> parameter.name().equals(MASK));
        if (masked && !names.contains(MASK)) {
            throw refused(parameters, MASK + " stands after an input that is left out");
        }
        return List.copyOf(names);
    }

    /** The bare name of an input, without the mapping's. */
    static String bare(String name) {
        return name.substring(name.indexOf('.') + 1);
    }

    private static ModelException refused(List<Parameter> parameters, String reason) {
        return new ModelException("forward takes "
                + parameters.stream()
                        .map(parameter -> parameter.name() + ": " + parameter.type())
                        .toList()
                + ", but " + reason + "; a sentence encoder's has " + IDS + ", " + MASK
                + " and maybe " + TYPES + ", in any order, or one mapping of them");
    }
}
