package phifleet.inference.engine.onnx;

import static phifleet.inference.engine.onnx.GraphParts.integer;
import static phifleet.inference.engine.onnx.GraphParts.integers;
import static phifleet.inference.engine.onnx.GraphParts.node;
import static phifleet.inference.engine.onnx.GraphParts.value;
import static phifleet.inference.engine.onnx.OnnxNode.ATTRIBUTE;
import static phifleet.inference.graph.OnnxSignature.FLOAT;
import static phifleet.inference.graph.OnnxSignature.GRAPH_INPUT;
import static phifleet.inference.graph.OnnxSignature.GRAPH_NODE;
import static phifleet.inference.graph.OnnxSignature.GRAPH_OUTPUT;
import static phifleet.inference.graph.OnnxSignature.INT64;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import phifleet.inference.graph.ProtoWriter;

/**
 * A folder with a model of a few operators: its words are {@code a} to {@code f}, the ids 4 to 9, and what it gives follows from them.
 * A pair is {@code [CLS] A [SEP] B [SEP]}, the ids 2 and 3.
 */
public final class TinyHead {
    private static final String TOKENIZER = """
            {"version": "1.0", "truncation": null, "padding": null, "added_tokens": [
              {"id": 0, "content": "[PAD]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
              {"id": 2, "content": "[CLS]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true},
              {"id": 3, "content": "[SEP]", "single_word": false, "lstrip": false, "rstrip": false, "normalized": false, "special": true}],
             "normalizer": null, "pre_tokenizer": {"type": "Whitespace"},
             "post_processor": {"type": "TemplateProcessing",
               "single": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                          {"SpecialToken": {"id": "[SEP]", "type_id": 0}}],
               "pair": [{"SpecialToken": {"id": "[CLS]", "type_id": 0}}, {"Sequence": {"id": "A", "type_id": 0}},
                        {"SpecialToken": {"id": "[SEP]", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}},
                        {"SpecialToken": {"id": "[SEP]", "type_id": 1}}],
               "special_tokens": {"[CLS]": {"id": "[CLS]", "ids": [2], "tokens": ["[CLS]"]},
                                  "[SEP]": {"id": "[SEP]", "ids": [3], "tokens": ["[SEP]"]}}},
             "decoder": null,
             "model": {"type": "WordLevel", "unk_token": "[UNK]", "vocab": {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3,
               "a": 4, "b": 5, "c": 6, "d": 7, "e": 8, "f": 9}}}
            """;

    private TinyHead() {}

    /** A cross-encoder whose number is the largest id of the second text. */
    public static Path ranker(Path folder) throws IOException {
        write(folder, """
                {"architectures": ["BertForSequenceClassification"], "model_type": "bert", "id2label": {"0": "LABEL_0"},
                 "max_position_embeddings": 16, "pad_token_id": 0,
                 "sentence_transformers": {"activation_fn": "torch.nn.modules.linear.Identity"}}
                """);
        graph(
                folder,
                1,
                inputs().message(GRAPH_NODE, node("Mul", "second", "ids", "types"))
                        .message(GRAPH_NODE, largest("logits", "second")));
        return folder;
    }

    /** A classifier of three labels: the largest id, 5.5, and the largest id of the second text. */
    public static Path classifier(Path folder, String labels, String problemType) throws IOException {
        write(folder, """
                {"architectures": ["BertForSequenceClassification"], "model_type": "bert", "id2label": %s,
                 "problem_type": "%s", "max_position_embeddings": 16, "pad_token_id": 0}
                """.formatted(labels, problemType));
        graph(
                folder,
                3,
                inputs().message(GRAPH_NODE, node("Mul", "second", "ids", "types"))
                        .message(GRAPH_NODE, largest("all", "ids"))
                        .message(GRAPH_NODE, largest("behind", "second"))
                        .message(GRAPH_NODE, node("Mul", "nothing", "all", "zero"))
                        .message(GRAPH_NODE, node("Add", "middle", "nothing", "half"))
                        .message(
                                GRAPH_NODE,
                                node("Concat", "logits", "all", "middle", "behind")
                                        .message(ATTRIBUTE, integer("axis", 1)))
                        .message(5, constant("zero", 0))
                        .message(5, constant("half", 5.5f)));
        return folder;
    }

    private static ProtoWriter constant(String name, float number) {
        return new ProtoWriter()
                .varint(2, FLOAT)
                .text(8, name)
                .bytes(
                        9,
                        java.nio.ByteBuffer.allocate(4)
                                .order(java.nio.ByteOrder.LITTLE_ENDIAN)
                                .putFloat(number)
                                .array());
    }

    private static ProtoWriter inputs() {
        return new ProtoWriter()
                .message(GRAPH_INPUT, value("input_ids", INT64, "b", "t"))
                .message(GRAPH_INPUT, value("attention_mask", INT64, "b", "t"))
                .message(GRAPH_INPUT, value("token_type_ids", INT64, "b", "t"))
                .message(GRAPH_NODE, cast("raw", "input_ids"))
                .message(GRAPH_NODE, cast("mask", "attention_mask"))
                .message(GRAPH_NODE, cast("types", "token_type_ids"))
                .message(GRAPH_NODE, node("Mul", "ids", "raw", "mask"));
    }

    private static ProtoWriter cast(String name, String from) {
        return node("Cast", name, from).message(ATTRIBUTE, integer("to", FLOAT));
    }

    private static ProtoWriter largest(String name, String of) {
        return node("ReduceMax", name, of).message(ATTRIBUTE, integers("axes", 1));
    }

    private static void write(Path folder, String config) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), config);
        Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER);
    }

    private static void graph(Path folder, long width, ProtoWriter graph) throws IOException {
        byte[] model = new ProtoWriter()
                .varint(1, 8)
                .message(8, new ProtoWriter().varint(2, 17))
                .message(7, graph.text(2, "tiny").message(GRAPH_OUTPUT, value("logits", FLOAT, "b", width)))
                .toByteArray();
        Files.write(folder.resolve("model.onnx"), model);
    }
}
