package phifleet.inference.engine.onnx;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import phifleet.inference.graph.OnnxSignature;
import phifleet.inference.graph.ProtoReader;
import phifleet.inference.graph.ProtoWriter;

/**
 * One operator of a graph.
 *
 * @param inputs names of values; empty for an optional input that is left out
 * @param rest the node's other fields as they are encoded, operator and attributes among them
 */
record OnnxNode(String operator, List<String> inputs, List<String> outputs, List<ByteBuffer> rest) {
    // Numbers of fields in onnx.proto's NodeProto and AttributeProto (ONNX 1.19).
    static final int INPUT = 1;
    static final int OUTPUT = 2;
    static final int NAME = 3;
    static final int OPERATOR = 4;
    static final int ATTRIBUTE = 5;
    static final int DOMAIN = 7;
    static final int ATTRIBUTE_NAME = 1;
    private static final int ATTRIBUTE_FLOAT = 2;
    private static final int ATTRIBUTE_INT = 3;
    private static final int ATTRIBUTE_TENSOR = 5;
    private static final int ATTRIBUTE_GRAPH = 6;
    private static final int ATTRIBUTE_INTS = 8;
    private static final int ATTRIBUTE_GRAPHS = 11;

    OnnxNode {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        rest = List.copyOf(rest);
    }

    static OnnxNode read(ByteBuffer message) {
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
    ProtoWriter between(List<String> newInputs, List<String> newOutputs) {
        ProtoWriter node = new ProtoWriter();
        newInputs.forEach(input -> node.text(INPUT, input));
        newOutputs.forEach(output -> node.text(OUTPUT, output));
        rest.forEach(node::field);
        return node;
    }

    /** All names that it or a graph within it reads. */
    Set<String> reads() {
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

    /** The numbers of an attribute; none where it is not set. */
    List<Long> integers(String name) {
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
    float real(String name, float usual) {
        ProtoReader attribute = attribute(name).orElse(null);
        while (attribute != null && attribute.next()) {
            if (attribute.number() == ATTRIBUTE_FLOAT) {
                return Float.intBitsToFloat(attribute.fixed32());
            }
        }
        return usual;
    }

    /** Whether an attribute is set. */
    boolean has(String name) {
        return attribute(name).isPresent();
    }

    /** The tensor of an attribute. */
    Optional<ByteBuffer> tensor(String name) {
        ProtoReader attribute = attribute(name).orElse(null);
        while (attribute != null && attribute.next()) {
            if (attribute.number() == ATTRIBUTE_TENSOR) {
                return Optional.of(attribute.payload());
            }
        }
        return Optional.empty();
    }

    /** Whether it holds a graph of its own, a branch or a loop, which may use any value of this one. */
    boolean holdsGraphs() {
        return !graphs().isEmpty();
    }

    private List<ByteBuffer> graphs() {
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
