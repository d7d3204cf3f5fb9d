package phifleet.inference.graph.part;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import phifleet.inference.graph.safetensors.Safetensors;
import phifleet.inference.graph.safetensors.StoredTensor;
import phifleet.inference.model.ModelException;

/**
 * The weights of an encoder among all that its files hold: names without the prefix under which a larger model keeps them, and
 * each checked against the shape that config.json says. What was asked for is remembered, so that weights of the encoder that
 * nobody used are noticed: they would be a part that is not built.
 */
public final class Weights {
    /** What lies among the weights and can be made without them. */
    private static final List<String> BUFFERS = List.of(
            "position_ids",
            "token_type_ids",
            "inv_freq",
            "embed_tokens.weight",
            "embed_positions.weight",
            "masked_bias");

    private final Graph graph;
    private final Safetensors file;
    private final String prefix;
    private final Map<String, String> names = new HashMap<>();
    private final Set<String> used = new HashSet<>();
    private final Map<StoredTensor, String> floats = new HashMap<>();

    /**
     * @param landmark the end of a name that each model of the family has once
     */
    public Weights(Graph graph, Safetensors file, String landmark) throws ModelException {
        this.graph = graph;
        this.file = file;
        List<String> found = file.names().stream()
                .map(Weights::modern)
                .filter(name -> name.equals(landmark) || name.endsWith("." + landmark))
                .toList();
        if (found.size() != 1) {
            throw new ModelException(file.source() + " has no tensor " + landmark
                    + (found.isEmpty() ? "" : " that is the only one of this name, but " + found));
        }
        prefix = found.getFirst().substring(0, found.getFirst().length() - landmark.length());
        for (String name : file.names()) {
            if (modern(name).startsWith(prefix)) {
                names.put(modern(name).substring(prefix.length()), name);
            }
        }
    }

    /** TensorFlow's names of the parts of a normalisation. */
    private static String modern(String name) {
        return name.replace("LayerNorm.gamma", "LayerNorm.weight").replace("LayerNorm.beta", "LayerNorm.bias");
    }

    /** Whether a head has a tensor, by its whole name. */
    public boolean hasHead(String name) {
        return file.names().stream().map(Weights::modern).anyMatch(name::equals);
    }

    /** A matrix or a row of a head, by its whole name, as {@link #floats} has those of the encoder. */
    public String ofHead(String name, long... shape) throws ModelException {
        for (String own : file.names()) {
            StoredTensor tensor = file.find(own);
            if (modern(own).equals(name) && tensor != null) {
                return asFloats(checked(tensor, shape));
            }
        }
        throw new ModelException(file.source() + " has no tensor " + name);
    }

    public boolean has(String name) {
        return names.containsKey(name);
    }

    /** A matrix or a row of the graph's real numbers; others are made so by the graph. */
    public String floats(String name, long... shape) throws ModelException {
        return asFloats(tensor(name, shape));
    }

    /** One row of a matrix. */
    public String row(String name, int row, long... shape) throws ModelException {
        return asFloats(tensor(name, shape).row(row));
    }

    /** One of several matrices that lie on each other in one. */
    String part(String name, int part, int parts, long rows, long width) throws ModelException {
        return asFloats(tensor(name, parts * rows, width).part(part, parts));
    }

    /** Says that a tensor, if it is there, is one that the family's own code does not use here either. */
    public void leave(String name) {
        used.add(name);
    }

    /** Some rows of a matrix. */
    String rows(String name, long first, long count, long... shape) throws ModelException {
        return asFloats(tensor(name, shape).rows(first, count));
    }

    /** The rows of a table at places; they are made the graph's real numbers after they are taken, and not all of the table before. */
    String lookUp(String name, String places, long... shape) throws ModelException {
        StoredTensor table = tensor(name, shape);
        return cast(table, graph.op("Gather", List.of(graph.weight(table), places), Attribute.of("axis", 0)));
    }

    /** How many rows a table has, where config.json does not say. */
    long rows(String name) throws ModelException {
        return stored(name).shape().getFirst();
    }

    /**
     * Refuses weights of the encoder that were not asked for.
     *
     * @param stacks the beginnings of the names of what makes up the encoder; all else is heads, which are not needed
     */
    public void mustBeUsed(List<String> stacks) throws ModelException {
        for (String name : names.keySet()) {
            if (!used.contains(name)
                    && stacks.stream().anyMatch(name::startsWith)
                    && BUFFERS.stream().noneMatch(name::endsWith)) {
                throw new ModelException(
                        file.source() + ": tensor " + names.get(name) + " has no place in what config.json describes");
            }
        }
    }

    private String asFloats(StoredTensor tensor) {
        return floats.computeIfAbsent(tensor, absent -> cast(tensor, graph.weight(tensor)));
    }

    private String cast(StoredTensor tensor, String value) {
        return tensor.type() == graph.real()
                ? value
                : graph.op(
                        "Cast", List.of(value), Attribute.of("to", graph.real().onnx()));
    }

    private StoredTensor tensor(String name, long... shape) throws ModelException {
        return checked(stored(name), shape);
    }

    private StoredTensor checked(StoredTensor tensor, long... shape) throws ModelException {
        if (!tensor.shape().equals(java.util.Arrays.stream(shape).boxed().toList())) {
            throw new ModelException(file.source() + ": tensor " + tensor.name() + " has the shape " + tensor.shape()
                    + "; config.json says " + java.util.Arrays.toString(shape));
        }
        if (!tensor.type().isFloat()) {
            throw new ModelException(file.source() + ": tensor " + tensor.name() + " has the type " + tensor.type()
                    + "; F32, F16 and BF16 are supported");
        }
        return tensor;
    }

    private StoredTensor stored(String name) throws ModelException {
        String full = names.get(name);
        @Nullable StoredTensor tensor = full == null ? null : file.find(full);
        if (tensor == null) {
            throw new ModelException(file.source() + " has no tensor " + prefix + name);
        }
        used.add(name);
        return tensor;
    }
}
