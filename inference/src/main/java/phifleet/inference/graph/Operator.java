package phifleet.inference.graph;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * An operator of an exported graph, as far as it is read here.
 *
 * @param inputs names of values; empty for an optional one that is left out
 * @param attributes as they are encoded
 */
record Operator(String type, List<String> inputs, List<String> outputs, List<ByteBuffer> attributes) {
    // Numbers of fields in onnx.proto's NodeProto and AttributeProto (ONNX 1.19).
    private static final int INPUT = 1;
    private static final int OUTPUT = 2;
    private static final int TYPE = 4;
    private static final int ATTRIBUTE = 5;
    private static final int ATTRIBUTE_NAME = 1;
    private static final int ATTRIBUTE_INT = 3;
    private static final int ATTRIBUTE_GRAPH = 6;
    private static final int ATTRIBUTE_GRAPHS = 11;

    Operator {
        inputs = List.copyOf(inputs);
        outputs = List.copyOf(outputs);
        attributes = List.copyOf(attributes);
    }

    static Operator read(ByteBuffer message) {
        String type = "";
        List<String> inputs = new ArrayList<>();
        List<String> outputs = new ArrayList<>();
        List<ByteBuffer> attributes = new ArrayList<>();
        ProtoReader node = new ProtoReader(message);
        while (node.next()) {
            switch (node.number()) {
                case INPUT -> inputs.add(node.text());
                case OUTPUT -> outputs.add(node.text());
                case TYPE -> type = node.text();
                case ATTRIBUTE -> attributes.add(node.payload());
                default -> {}
            }
        }
        return new Operator(type, inputs, outputs, attributes);
    }

    /** The name of an input; empty where it has fewer. */
    String input(int index) {
        return index < inputs.size() ? inputs.get(index) : "";
    }

    /** The whole number of an attribute; {@code usual} where it is not set. */
    long integer(String name, long usual) {
        for (ByteBuffer attribute : attributes) {
            if (OnnxSignature.firstText(attribute, ATTRIBUTE_NAME).equals(name)) {
                ProtoReader reader = new ProtoReader(attribute);
                while (reader.next()) {
                    if (reader.number() == ATTRIBUTE_INT) {
                        return reader.varint();
                    }
                }
            }
        }
        return usual;
    }

    /** The graphs inside of it: a loop's body, the branches of a choice. */
    List<ByteBuffer> graphs() {
        List<ByteBuffer> graphs = new ArrayList<>();
        for (ByteBuffer attribute : attributes) {
            ProtoReader reader = new ProtoReader(attribute);
            while (reader.next()) {
                if (reader.number() == ATTRIBUTE_GRAPH || reader.number() == ATTRIBUTE_GRAPHS) {
                    graphs.add(reader.payload());
                }
            }
        }
        return graphs;
    }
}
