package phifleet.inference.engine.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;
import phifleet.inference.onnx.OnnxSignature;
import phifleet.inference.onnx.ProtoReader;

/** The weights inside an ONNX graph's file, for tests that run the same network in another engine. */
public final class OnnxWeights {
    // Numbers of fields in onnx.proto (ONNX 1.19).
    private static final int NODE_INPUT = 1;
    private static final int NODE_NAME = 3;
    private static final int TENSOR_NAME = 8;
    private static final int TENSOR_RAW = 9;

    private final Map<String, ByteBuffer> tensors = new HashMap<>();
    private final Map<String, String> secondInputs = new HashMap<>();

    private OnnxWeights() {}

    public static OnnxWeights read(byte[] model) {
        OnnxWeights weights = new OnnxWeights();
        ProtoReader file = new ProtoReader(ByteBuffer.wrap(model));
        while (file.next()) {
            if (file.number() == OnnxSignature.MODEL_GRAPH) {
                ProtoReader graph = new ProtoReader(file.payload());
                while (graph.next()) {
                    switch (graph.number()) {
                        case OnnxSignature.GRAPH_INITIALIZER -> weights.addTensor(new ProtoReader(graph.payload()));
                        case OnnxSignature.GRAPH_NODE -> weights.addNode(new ProtoReader(graph.payload()));
                        default -> {}
                    }
                }
            }
        }
        return weights;
    }

    /** The little-endian bytes of a tensor. */
    public ByteBuffer tensor(String name) {
        ByteBuffer bytes = tensors.get(name);
        if (bytes == null) {
            throw new IllegalArgumentException("the graph has no weights " + name);
        }
        return bytes.duplicate();
    }

    /** What a node multiplies by, for exporters that name such weights by number. */
    public ByteBuffer secondInputOf(String node) {
        return tensor(secondInputs.getOrDefault(node, "of a node " + node));
    }

    private void addTensor(ProtoReader tensor) {
        String name = "";
        ByteBuffer raw = ByteBuffer.allocate(0);
        while (tensor.next()) {
            switch (tensor.number()) {
                case TENSOR_NAME -> name = tensor.text();
                case TENSOR_RAW -> raw = tensor.payload();
                default -> {}
            }
        }
        tensors.put(name, raw.order(ByteOrder.LITTLE_ENDIAN));
    }

    private void addNode(ProtoReader node) {
        String name = "";
        int inputs = 0;
        String second = "";
        while (node.next()) {
            switch (node.number()) {
                case NODE_INPUT -> {
                    if (++inputs == 2) {
                        second = node.text();
                    }
                }
                case NODE_NAME -> name = node.text();
                default -> {}
            }
        }
        secondInputs.put(name, second);
    }
}
