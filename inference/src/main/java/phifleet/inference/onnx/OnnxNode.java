package phifleet.inference.onnx;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One operator of a graph.
 *
 * @param inputs names of values; empty for an optional input that is left out
 * @param rest the node's other fields as they are encoded, operator and attributes among them
 */
public record OnnxNode(String operator, List<String> inputs, List<String> outputs, List<ByteBuffer> rest) {
    // Numbers of fields in onnx.proto's NodeProto and AttributeProto (ONNX 1.19).
    public static final int INPUT = 1;
    public static final int OUTPUT = 2;
    public static final int NAME = 3;
    public static final int OPERATOR = 4;
    public static final int ATTRIBUTE = 5;
    public static final int DOMAIN = 7;
    public static final int ATTRIBUTE_NAME = 1;
    private static final int ATTRIBUTE_FLOAT = 2;
    private static final int ATTRIBUTE_INT = 3;
    private static final int ATTRIBUTE_TENSOR = 5;
    private static final int ATTRIBUTE_GRAPH = 6;
    private static final int ATTRIBUTE_INTS = 8;
    private static final int ATTRIBUTE_GRAPHS = 11;

    public OnnxNode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        rest = List.copyOf(rest);
    }

    public static OnnxNode read(ByteBuffer message) {
        String operator = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        List<ByteBuffer> rest = new ArrayList<>();
        ProtoReader reader = new ProtoReader(message);
        while (reader.next()) {
            switch (reader.number()) {
                case INPUT -> inputs.add(reader.text());
                case OUTPUT -> outputs.add(reader.text());
                case OPERATOR -> {
                    operator = reader.text();
                    rest.add(reader.field());
                }
                default -> rest.add(reader.field());
            }
        }
        return new OnnxNode(operator, inputs, outputs, rest);
    }

    /** The same operator between other values. */
    public ProtoWriter between(List<String> newInputs, List<String> newOutputs) {
        ProtoWriter node = new ProtoWriter();
        newInputs.forEach(input -> node.text(INPUT, input));
        newOutputs.forEach(output -> node.text(OUTPUT, output));
        rest.forEach(node::field);
        return node;
    }

    /** All names that it or a graph within it reads. */
    public Set<String> reads() {
        Set<String> names = new HashSet<>(inputs);
        for (ByteBuffer inner : graphs()) {
            for (ByteBuffer field : GraphFile.fields(inner)) {
                if (GraphFile.number(field) == OnnxSignature.GRAPH_NODE) {
                    names.addAll(read(GraphFile.payload(field)).reads());
                }
            }
        }
        return names;
    }

    /** The name of an input; empty where it has fewer. */
    public String input(int index) {
        return index < inputs.size() ? inputs.get(index) : "";
    }

    /** The whole number of an attribute; {@code usual} where it is not set. */
    public long integer(String name, long usual) {
        List<Long> numbers = integers(name);
        return numbers.isEmpty() ? usual : numbers.getFirst();
    }

    /** The numbers of an attribute; none where it is not set. */
    public List<Long> integers(String name) {
        List<Long> numbers = new ArrayList<>();
        attribute(name).ifPresent(attribute -> {
            while (attribute.next()) {
                if (attribute.number() == ATTRIBUTE_INT || attribute.number() == ATTRIBUTE_INTS) {
                    attribute.addLongs(numbers);
                }
            }
        });
        return numbers;
    }

    /** The real number of an attribute; {@code usual} where it is not set. */
    public float real(String name, float usual) {
        ProtoReader attribute = attribute(name).orElse(null);
        while (attribute != null && attribute.next()) {
            if (attribute.number() == ATTRIBUTE_FLOAT) {
                return Float.intBitsToFloat(attribute.fixed32());
            }
        }
        return usual;
    }

    /** Whether an attribute is set. */
    public boolean has(String name) {
        return attribute(name).isPresent();
    }

    /** The tensor of an attribute. */
    public Optional<ByteBuffer> tensor(String name) {
        ProtoReader attribute = attribute(name).orElse(null);
        while (attribute != null && attribute.next()) {
            if (attribute.number() == ATTRIBUTE_TENSOR) {
                return Optional.of(attribute.payload());
            }
        }
        return Optional.empty();
    }

    /** Whether it holds a graph of its own, a branch or a loop, which may use any value of this one. */
    public boolean holdsGraphs() {
        return !graphs().isEmpty();
    }

    /** The graphs inside of it: a loop's body, the branches of a choice. */
    public List<ByteBuffer> graphs() {
        List<ByteBuffer> graphs = new ArrayList<>();
        for (ByteBuffer field : rest) {
            if (GraphFile.number(field) == ATTRIBUTE) {
                ProtoReader attribute = new ProtoReader(GraphFile.payload(field));
                while (attribute.next()) {
                    if (attribute.number() == ATTRIBUTE_GRAPH || attribute.number() == ATTRIBUTE_GRAPHS) {
                        graphs.add(attribute.payload());
                    }
                }
            }
        }
        return graphs;
    }

    private Optional<ProtoReader> attribute(String name) {
        for (ByteBuffer field : rest) {
            if (GraphFile.number(field) == ATTRIBUTE) {
                ByteBuffer attribute = GraphFile.payload(field);
                if (OnnxSignature.firstText(attribute, ATTRIBUTE_NAME).equals(name)) {
                    return Optional.of(new ProtoReader(attribute));
                }
            }
        }
        return Optional.empty();
    }
}
