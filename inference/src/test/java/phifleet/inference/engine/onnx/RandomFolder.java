package phifleet.inference.engine.onnx;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;

/**
 * A folder with an encoder in safetensors whose weights are random, 32-bit floats: for measuring, where no such model can be had. Its
 * words are {@link TinyHead}'s.
 */
public final class RandomFolder {
    /** Numbers that are repeated over a tensor. */
    private static final int BLOCK = 1 << 20;

    private final Map<String, long[]> tensors = new LinkedHashMap<>();

    private RandomFolder() {}

    /** BERT-base with 8,192 positions: 12 layers of 768 numbers, 12 heads. */
    public static Path bertBase(Path folder) throws IOException {
        RandomFolder made = new RandomFolder();
        long width = 768;
        made.add("embeddings.word_embeddings.weight", 30_522, width);
        made.add("embeddings.position_embeddings.weight", 8192, width);
        made.add("embeddings.token_type_embeddings.weight", 2, width);
        made.norm("embeddings.LayerNorm", width);
        for (int i = 0; i < 12; i++) {
            String layer = "encoder.layer." + i + ".";
            for (String part : new String[] {"self.query", "self.key", "self.value", "output.dense"}) {
                made.linear(layer + "attention." + part, width, width);
            }
            made.norm(layer + "attention.output.LayerNorm", width);
            made.linear(layer + "intermediate.dense", 4 * width, width);
            made.linear(layer + "output.dense", width, 4 * width);
            made.norm(layer + "output.LayerNorm", width);
        }
        return made.write(folder, """
                {"model_type": "bert", "hidden_size": 768, "num_hidden_layers": 12, "num_attention_heads": 12, "intermediate_size": 3072,
                 "vocab_size": 30522, "max_position_embeddings": 8192, "type_vocab_size": 2, "hidden_act": "gelu",
                 "layer_norm_eps": 1e-12, "pad_token_id": 0}
                """);
    }

    /** The shape of Qwen3-Embedding-0.6B: 596 million weights. */
    public static Path qwen600M(Path folder) throws IOException {
        RandomFolder made = new RandomFolder();
        long width = 1024;
        made.add("embed_tokens.weight", 151_669, width);
        for (int i = 0; i < 28; i++) {
            String layer = "layers." + i + ".";
            made.add(layer + "input_layernorm.weight", width);
            made.add(layer + "self_attn.q_proj.weight", 2048, width);
            made.add(layer + "self_attn.k_proj.weight", 1024, width);
            made.add(layer + "self_attn.v_proj.weight", 1024, width);
            made.add(layer + "self_attn.q_norm.weight", 128);
            made.add(layer + "self_attn.k_norm.weight", 128);
            made.add(layer + "self_attn.o_proj.weight", width, 2048);
            made.add(layer + "post_attention_layernorm.weight", width);
            made.add(layer + "mlp.gate_proj.weight", 3072, width);
            made.add(layer + "mlp.up_proj.weight", 3072, width);
            made.add(layer + "mlp.down_proj.weight", width, 3072);
        }
        made.add("norm.weight", width);
        return made.write(folder, """
                {"model_type": "qwen3", "hidden_size": 1024, "num_hidden_layers": 28, "num_attention_heads": 16, "num_key_value_heads": 8,
                 "head_dim": 128, "intermediate_size": 3072, "vocab_size": 151669, "max_position_embeddings": 32768,
                 "rms_norm_eps": 1e-6, "rope_theta": 1000000, "hidden_act": "silu"}
                """);
    }

    private void add(String name, long... shape) {
        tensors.put(name, shape);
    }

    private void linear(String name, long out, long in) {
        add(name + ".weight", out, in);
        add(name + ".bias", out);
    }

    private void norm(String name, long width) {
        add(name + ".weight", width);
        add(name + ".bias", width);
    }

    private Path write(Path folder, String config) throws IOException {
        TinyHead.write(folder, config);
        Files.createDirectories(folder.resolve("1_Pooling"));
        Files.writeString(folder.resolve("1_Pooling/config.json"), "{\"pooling_mode_mean_tokens\": true}");
        ObjectNode header = new JsonMapper().createObjectNode();
        long at = 0;
        for (Map.Entry<String, long[]> tensor : tensors.entrySet()) {
            long bytes = Arrays.stream(tensor.getValue()).reduce(Float.BYTES, Math::multiplyExact);
            ObjectNode entry = header.putObject(tensor.getKey()).put("dtype", "F32");
            Arrays.stream(tensor.getValue()).forEach(entry.withArray("shape")::add);
            entry.putArray("data_offsets").add(at).add(at + bytes);
            at += bytes;
        }
        byte[] text = header.toString().getBytes(StandardCharsets.UTF_8);
        Path file = folder.resolve("model.safetensors");
        try (FileChannel out = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            out.write(ByteBuffer.allocate(Long.BYTES)
                    .order(ByteOrder.LITTLE_ENDIAN)
                    .putLong(0, text.length));
            out.write(ByteBuffer.wrap(text));
            ByteBuffer block = block();
            for (long left = at; left > 0; ) {
                ByteBuffer next = block.duplicate().limit((int) Math.min(left, block.capacity()));
                left -= next.remaining();
                while (next.hasRemaining()) {
                    out.write(next);
                }
            }
        }
        return folder;
    }

    private static ByteBuffer block() {
        Random random = new Random(1);
        ByteBuffer block = ByteBuffer.allocate(BLOCK * Float.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < BLOCK; i++) {
            block.putFloat(0.02f * (float) random.nextGaussian());
        }
        return block.flip();
    }
}
