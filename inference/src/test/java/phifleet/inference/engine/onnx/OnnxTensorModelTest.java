package phifleet.inference.engine.onnx;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.engine.LoadedTensors;
import phifleet.inference.engine.Specs;
import phifleet.inference.engine.TensorModelContract;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.ModelSource;
import phifleet.inference.onnx.OnnxSignature;
import phifleet.inference.onnx.ProtoWriter;
import phifleet.inference.testing.Workbench;

/** The contract on ONNX Runtime. */
class OnnxTensorModelTest implements TensorModelContract {
    private static final int FLOAT = ElementType.FP32.onnx();

    @TempDir
    private Path folder;

    @Override
    public Set<ElementType> types() {
        return EnumSet.allOf(ElementType.class);
    }

    @Override
    public LoadedTensors load(Network network, ElementType type) throws Exception {
        ProtoWriter graph = switch (network) {
            case COPY ->
                graph(List.of(GraphParts.node("Identity", "y", "x")))
                        .message(OnnxSignature.GRAPH_INPUT, GraphParts.value("x", type.onnx(), "n", 2L))
                        .message(OnnxSignature.GRAPH_OUTPUT, GraphParts.value("y", type.onnx(), "n", 2L));
            case SUM_AND_DIFFERENCE ->
                graph(List.of(GraphParts.node("Add", "sum", "a", "b"), GraphParts.node("Sub", "difference", "a", "b")))
                        .message(OnnxSignature.GRAPH_INPUT, GraphParts.value("a", FLOAT, "n", 4L))
                        .message(OnnxSignature.GRAPH_INPUT, GraphParts.value("b", FLOAT, "n", 4L))
                        .message(OnnxSignature.GRAPH_OUTPUT, GraphParts.value("sum", FLOAT, "n", 4L))
                        .message(OnnxSignature.GRAPH_OUTPUT, GraphParts.value("difference", FLOAT, "n", 4L));
            case PRODUCT ->
                graph(List.of(GraphParts.node("MatMul", "y", "x", "w")))
                        .message(5, matrix())
                        .message(OnnxSignature.GRAPH_INPUT, GraphParts.value("x", FLOAT, "n", 2L))
                        .message(OnnxSignature.GRAPH_OUTPUT, GraphParts.value("y", FLOAT, "n", 3L));
            case TOTAL ->
                graph(List.of(GraphParts.node("ReduceSum", "y", "x")))
                        .message(OnnxSignature.GRAPH_INPUT, GraphParts.value("x", FLOAT, "n", 2L))
                        .message(OnnxSignature.GRAPH_OUTPUT, GraphParts.value("y", FLOAT, "one", "other"));
        };
        ProtoWriter model = new ProtoWriter()
                .varint(1, 8)
                .message(8, new ProtoWriter().varint(2, 16))
                .message(OnnxSignature.MODEL_GRAPH, graph);
        Path file = Files.write(folder.resolve(network + "-" + type + ".onnx"), model.toByteArray());
        return Workbench.engines()
                .loadTensors(Specs.tensors(new ModelSource.Graph(file), EngineKind.ONNXRUNTIME), List.of());
    }

    private static ProtoWriter graph(List<ProtoWriter> nodes) {
        ProtoWriter graph = new ProtoWriter();
        nodes.forEach(node -> graph.message(OnnxSignature.GRAPH_NODE, node));
        return graph.text(2, "tiny");
    }

    private static ProtoWriter matrix() {
        ByteBuffer bytes = ByteBuffer.allocate(24).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(new float[] {1, 2, 3, 4, 5, 6});
        return new ProtoWriter()
                .varint(1, 2)
                .varint(1, 3)
                .varint(2, FLOAT)
                .text(8, "w")
                .bytes(9, bytes.array());
    }
}
