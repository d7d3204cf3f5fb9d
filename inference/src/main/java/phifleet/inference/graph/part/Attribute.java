package phifleet.inference.graph.part;

import java.nio.charset.StandardCharsets;
import phifleet.inference.onnx.ProtoWriter;

/**
 * An attribute of an operator.
 *
 * @param message its AttributeProto
 */
public record Attribute(ProtoWriter message) {
    // Numbers of fields and types in onnx.proto (ONNX 1.19).
    private static final int NAME = 1;
    private static final int FLOAT = 2;
    private static final int INT = 3;
    private static final int STRING = 4;
    private static final int GRAPH = 6;
    private static final int INTS = 8;
    private static final int TYPE = 20;
    private static final int TYPE_FLOAT = 1;
    private static final int TYPE_INT = 2;
    private static final int TYPE_STRING = 3;
    private static final int TYPE_GRAPH = 5;
    private static final int TYPE_INTS = 7;

    public static Attribute of(String name, long value) {
        return new Attribute(named(name, TYPE_INT).varint(INT, value));
    }

    public static Attribute of(String name, float value) {
        return new Attribute(named(name, TYPE_FLOAT).fixed32(FLOAT, Float.floatToIntBits(value)));
    }

    public static Attribute of(String name, String value) {
        return new Attribute(named(name, TYPE_STRING).bytes(STRING, value.getBytes(StandardCharsets.UTF_8)));
    }

    public static Attribute of(String name, long... values) {
        ProtoWriter message = named(name, TYPE_INTS);
        for (long value : values) {
            message.varint(INTS, value);
        }
        return new Attribute(message);
    }

    /** A graph within: what a Loop repeats, what an If chooses. */
    public static Attribute of(String name, ProtoWriter graph) {
        return new Attribute(named(name, TYPE_GRAPH).message(GRAPH, graph));
    }

    private static ProtoWriter named(String name, int type) {
        return new ProtoWriter().text(NAME, name).varint(TYPE, type);
    }
}
