package phifleet.inference.engine.onnx;

import static phifleet.inference.engine.onnx.GraphParts.integer;
import static phifleet.inference.engine.onnx.GraphParts.integers;
import static phifleet.inference.engine.onnx.GraphParts.longs;
import static phifleet.inference.engine.onnx.GraphParts.node;
import static phifleet.inference.engine.onnx.GraphParts.value;
import static phifleet.inference.onnx.OnnxNode.ATTRIBUTE;
import static phifleet.inference.onnx.OnnxSignature.FLOAT;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_INITIALIZER;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_INPUT;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_NODE;
import static phifleet.inference.onnx.OnnxSignature.GRAPH_OUTPUT;
import static phifleet.inference.onnx.OnnxSignature.INT64;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import phifleet.inference.onnx.OnnxNode;
import phifleet.inference.onnx.ProtoWriter;

/**
 * A folder with a sentence encoder that is one table, as exporters of many habits would write it: a token's vector is its id and 1.
 * Words and ids are {@link TinyHead}'s: {@code a} to {@code f} are 4 to 9, between 2 and 3.
 */
public final class TinyEncoder {
    /** Where {@link Habit#WEIGHTS_APART} puts the table: a name as torch.onnx gives it, without an extension. */
    public static final String WEIGHTS = "onnx__Gather_12";

    private static final int INT32 = 6;
    private static final int TENSOR_RAW = 9;
    private static final int TENSOR_EXTERNAL_DATA = 13;
    private static final int TENSOR_LOCATION = 14;

    /** What sets an export apart. */
    public enum Habit {
        /** Ids and mask in 32 bits. */
        NARROW_IDS,
        /** The places of tokens as an input; they are added to the vectors. */
        POSITIONS,
        /** The graph gives the largest vector of a text. */
        POOLED,
        /** The table is in a file of its own. */
        WEIGHTS_APART,
        /** The vectors go through 8 bits, by a scale that is found over the whole batch. */
        QUANTISED,
        /** The table ends before the last word. */
        FEWER_ROWS
    }

    private TinyEncoder() {}

    /** Writes it, to be pooled by the mean. */
    public static Path write(Path folder, Habit... habits) throws IOException {
        List<Habit> all = List.of(habits);
        TinyHead.write(folder, """
                {"architectures": ["BertModel"], "model_type": "bert", "max_position_embeddings": 16, "pad_token_id": 0}
                """);
        Files.createDirectories(folder.resolve("1_Pooling"));
        Files.writeString(folder.resolve("1_Pooling/config.json"), "{\"pooling_mode_mean_tokens\": true}");
        int ids = all.contains(Habit.NARROW_IDS) ? INT32 : INT64;
        ProtoWriter graph = new ProtoWriter()
                .message(GRAPH_INPUT, value("input_ids", ids, "b", "t"))
                .message(GRAPH_INPUT, value("attention_mask", ids, "b", "t"))
                .message(GRAPH_INITIALIZER, table(folder, all))
                .message(GRAPH_NODE, node("Gather", "vectors", "table", "input_ids"));
        String last = "vectors";
        if (all.contains(Habit.POSITIONS)) {
            graph.message(GRAPH_INPUT, value("position_ids", INT64, "b", "t"))
                    .message(
                            GRAPH_NODE, node("Cast", "places", "position_ids").message(ATTRIBUTE, integer("to", FLOAT)))
                    .message(GRAPH_INITIALIZER, longs("axis", 2))
                    .message(GRAPH_NODE, node("Unsqueeze", "column", "places", "axis"))
                    .message(GRAPH_NODE, node("Add", "placed", last, "column"));
            last = "placed";
        }
        if (all.contains(Habit.QUANTISED)) {
            ProtoWriter quantise = new ProtoWriter()
                    .text(OnnxNode.INPUT, last)
                    .text(OnnxNode.OUTPUT, "small")
                    .text(OnnxNode.OUTPUT, "scale")
                    .text(OnnxNode.OUTPUT, "zero")
                    .text(OnnxNode.OPERATOR, "DynamicQuantizeLinear");
            graph.message(GRAPH_NODE, quantise)
                    .message(GRAPH_NODE, node("DequantizeLinear", "large", "small", "scale", "zero"));
            last = "large";
        }
        boolean pooled = all.contains(Habit.POOLED);
        graph.message(
                GRAPH_NODE,
                pooled
                        ? node("ReduceMax", "sentence_embedding", last)
                                .message(ATTRIBUTE, integers("axes", 1))
                                .message(ATTRIBUTE, integer("keepdims", 0))
                        : node("Identity", "last_hidden_state", last));
        graph.message(
                GRAPH_OUTPUT,
                pooled ? value("sentence_embedding", FLOAT, "b", 2L) : value("last_hidden_state", FLOAT, "b", "t", 2L));
        byte[] model = new ProtoWriter()
                .varint(1, 8)
                .message(8, new ProtoWriter().varint(2, 17))
                .message(7, graph.text(2, "tiny"))
                .toByteArray();
        Files.write(folder.resolve("model.onnx"), model);
        return folder;
    }

    private static ProtoWriter table(Path folder, List<Habit> habits) throws IOException {
        int rows = habits.contains(Habit.FEWER_ROWS) ? 8 : 10;
        ByteBuffer raw = ByteBuffer.allocate(rows * 2 * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int id = 0; id < rows; id++) {
            raw.putFloat(id).putFloat(1);
        }
        ProtoWriter tensor =
                new ProtoWriter().varint(1, rows).varint(1, 2).varint(2, FLOAT).text(8, "table");
        if (!habits.contains(Habit.WEIGHTS_APART)) {
            return tensor.bytes(TENSOR_RAW, raw.array());
        }
        Files.write(folder.resolve(WEIGHTS), raw.array());
        return tensor.message(
                        TENSOR_EXTERNAL_DATA,
                        new ProtoWriter().text(1, "location").text(2, WEIGHTS))
                .message(
                        TENSOR_EXTERNAL_DATA,
                        new ProtoWriter().text(1, "length").text(2, Integer.toString(raw.capacity())))
                .varint(TENSOR_LOCATION, 1);
    }
}
