package phifleet.inference.graph;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Set;
import java.util.TreeSet;
import phifleet.inference.model.ModelException;

/** The files beside an ONNX graph in which it says that its weights are. */
public final class ExternalWeights {
    // Numbers of fields in onnx.proto's TensorProto and StringStringEntryProto.
    private static final int TENSOR_EXTERNAL_DATA = 13;
    private static final int ENTRY_KEY = 1;
    private static final int ENTRY_VALUE = 2;

    private ExternalWeights() {}

    /** Their names, relative to the graph's folder. */
    public static Set<String> of(Path graph) throws ModelException {
        try (FileChannel file = FileChannel.open(graph, StandardOpenOption.READ)) {
            return of(file.map(MapMode.READ_ONLY, 0, file.size()));
        } catch (IOException
                | IllegalArgumentException
                | ArithmeticException
                | BufferUnderflowException
                | IndexOutOfBoundsException e) {
            throw new ModelException(graph + " is not an ONNX model: " + e.getMessage(), e);
        }
    }

    private static Set<String> of(ByteBuffer bytes) {
        Set<String> names = new TreeSet<>();
        ProtoReader model = new ProtoReader(bytes);
        while (model.next()) {
            if (model.number() == OnnxSignature.MODEL_GRAPH) {
                ProtoReader graph = new ProtoReader(model.payload());
                while (graph.next()) {
                    if (graph.number() == OnnxSignature.GRAPH_INITIALIZER) {
                        addLocation(graph.payload(), names);
                    }
                }
            }
        }
        return names;
    }

    private static void addLocation(ByteBuffer initializer, Set<String> names) {
        ProtoReader tensor = new ProtoReader(initializer);
        while (tensor.next()) {
            if (tensor.number() == TENSOR_EXTERNAL_DATA
                    && OnnxSignature.firstText(tensor.payload(), ENTRY_KEY).equals("location")) {
                names.add(OnnxSignature.firstText(tensor.payload(), ENTRY_VALUE));
            }
        }
    }
}
