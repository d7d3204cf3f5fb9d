package phifleet.inference.engine.onnx;

import static phifleet.inference.engine.onnx.GraphParts.integer;
import static phifleet.inference.engine.onnx.GraphParts.integers;
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
import phifleet.inference.onnx.ProtoWriter;

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

    private static final int VOCABULARY = 10;

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
                        .message(GRAPH_INITIALIZER, constant("zero", 0))
                        .message(GRAPH_INITIALIZER, constant("half", 5.5f)));
        return folder;
    }

    /** A sparse encoder that gives each token the logarithm of one more than its id. */
    public static Path sparse(Path folder) throws IOException {
        write(folder, """
                {"architectures": ["BertForMaskedLM"], "model_type": "bert", "max_position_embeddings": 16}
                """);
        Files.writeString(
                folder.resolve("modules.json"),
                "[{\"type\": \"x.MLMTransformer\", \"path\": \"\"}, {\"type\": \"x.SpladePooling\", \"path\": \"1\"}]");
        float[] table = new float[VOCABULARY * VOCABULARY];
        for (int id = 0; id < VOCABULARY; id++) {
            table[id * VOCABULARY + id] = id;
        }
        model(
                folder,
                new ProtoWriter()
                        .message(GRAPH_INPUT, value("input_ids", INT64, "b", "t"))
                        .message(GRAPH_INPUT, value("attention_mask", INT64, "b", "t"))
                        .message(GRAPH_INITIALIZER, constant("table", table, VOCABULARY, VOCABULARY))
                        .message(GRAPH_NODE, node("Gather", "logits", "table", "input_ids"))
                        .message(GRAPH_OUTPUT, value("logits", FLOAT, "b", "t", (long) VOCABULARY)));
        return folder;
    }

    /** A decoder that judges: the token {@code b} counts for, {@code [SEP]} against, by twice the id of a question's last word. */
    public static Path judge(Path folder) throws IOException {
        write(folder, """
                {"architectures": ["TinyForCausalLM"], "model_type": "tiny", "max_position_embeddings": 16}
                """);
        Files.writeString(
                folder.resolve("config_sentence_transformers.json"),
                "{\"model_type\": \"CrossEncoder\", \"activation_fn\": \"torch.nn.modules.linear.Identity\"}");
        Files.writeString(
                folder.resolve("modules.json"),
                "[{\"type\": \"x.Transformer\", \"path\": \"\"}, {\"type\": \"x.LogitScore\", \"path\": \"1\"}]");
        Files.createDirectory(folder.resolve("1"));
        Files.writeString(folder.resolve("1").resolve("config.json"), "{\"true_token_id\": 5, \"false_token_id\": 3}");
        Files.writeString(folder.resolve("chat_template.jinja"), """
                {%- set i = messages | selectattr("role", "eq", "system") | first | default("a") -%}
                {%- set q = messages | selectattr("role", "eq", "query") | first -%}
                {%- set d = messages | selectattr("role", "eq", "document") | first -%}
                f {{ '\n' }}{{ i }} {{ q }} {{ d }}""");
        float[] states = new float[VOCABULARY];
        float[] weights = new float[VOCABULARY];
        for (int id = 0; id < VOCABULARY; id++) {
            states[id] = id;
            weights[id] = id;
        }
        model(
                folder,
                new ProtoWriter()
                        .message(GRAPH_INPUT, value("input_ids", INT64, "b", "t"))
                        .message(GRAPH_INPUT, value("attention_mask", INT64, "b", "t"))
                        .message(GRAPH_INPUT, value("position_ids", INT64, "b", "t"))
                        .message(GRAPH_INITIALIZER, constant("states", states, VOCABULARY, 1))
                        .message(GRAPH_INITIALIZER, constant("weights", weights, 1, VOCABULARY))
                        .message(GRAPH_NODE, node("Gather", "hidden", "states", "input_ids"))
                        .message(GRAPH_NODE, node("MatMul", "logits", "hidden", "weights"))
                        .message(GRAPH_OUTPUT, value("logits", FLOAT, "b", "t", (long) VOCABULARY)));
        return folder;
    }

    private static ProtoWriter constant(String name, float... values) {
        ByteBuffer raw = ByteBuffer.allocate(values.length * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (float number : values) {
            raw.putFloat(number);
        }
        return new ProtoWriter().varint(2, FLOAT).text(8, name).bytes(9, raw.array());
    }

    private static ProtoWriter constant(String name, float[] values, long rows, long columns) {
        return constant(name, values).varint(1, rows).varint(1, columns);
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

    static void write(Path folder, String config) throws IOException {
        Files.createDirectories(folder);
        Files.writeString(folder.resolve("config.json"), config);
        Files.writeString(folder.resolve("tokenizer.json"), TOKENIZER);
    }

    private static void graph(Path folder, long width, ProtoWriter graph) throws IOException {
        model(folder, graph.message(GRAPH_OUTPUT, value("logits", FLOAT, "b", width)));
    }

    private static void model(Path folder, ProtoWriter graph) throws IOException {
        byte[] model = new ProtoWriter()
                .varint(1, 8)
                .message(8, new ProtoWriter().varint(2, 17))
                .message(7, graph.text(2, "tiny"))
                .toByteArray();
        Files.write(folder.resolve("model.onnx"), model);
    }
}
