package phifleet.inference.engine.pytorch;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import phifleet.inference.engine.onnx.OnnxWeights;

/**
 * A folder in the Hugging Face layout with the embedded all-MiniLM-L6-v2 as TorchScript: the weights of its ONNX file under
 * BERT's own arithmetic. Made once into a folder that stays.
 */
public final class MiniLmTorchScript {
    private static final String NAME = "/all-minilm-l6-v2";
    private static final int LAYERS = 6;
    private static final int WIDTH = 384;
    private static final int INNER = 1536;

    private MiniLmTorchScript() {}

    /** The folder, below a cache folder. */
    public static Path folder(Path cache) throws IOException {
        Path folder = cache.resolve("all-minilm-l6-v2-torchscript-1");
        if (!Files.isDirectory(folder)) {
            Files.createDirectories(cache);
            Path work = Files.createTempDirectory(cache, "writing");
            archive(OnnxWeights.read(resource(NAME + ".onnx"))).write(work.resolve("model.pt"));
            Files.write(work.resolve("tokenizer.json"), resource(NAME + "-tokenizer.json"));
            Files.writeString(work.resolve("sentence_bert_config.json"), "{\"max_seq_length\": 256}");
            Files.createDirectory(work.resolve("1_Pooling"));
            Files.writeString(work.resolve("1_Pooling/config.json"), "{\"pooling_mode_mean_tokens\": true}");
            Files.move(work, folder, StandardCopyOption.ATOMIC_MOVE);
        }
        return folder;
    }

    private static TorchScriptArchive archive(OnnxWeights weights) {
        StringBuilder body = new StringBuilder("""
                attention_mask: Tensor,
                    input_ids: Tensor,
                    token_type_ids: Optional[Tensor]=None) -> Dict[str, Tensor]:
                    n = torch.size(input_ids, 0)
                    t = torch.size(input_ids, 1)
                    real = torch.to(torch.unsqueeze(torch.unsqueeze(attention_mask, 1), 1), 6)
                    bias = torch.mul(torch.sub(real, 1.), 10000.)
                    words = torch.embedding(self.words, input_ids)
                    type = torch.select(self.types, 0, 0)
                    sum = torch.add(torch.add(words, type), torch.slice(self.positions, 0, 0, t))
                    h = torch.layer_norm(sum, [384], self.norm_w, self.norm_b, 1.0e-12)
                """);
        for (int i = 0; i < LAYERS; i++) {
            body.append("""
                        q = torch.transpose(torch.view(torch.linear(h, self.q#_w, self.q#_b), [n, t, 12, 32]), 1, 2)
                        k = torch.transpose(torch.view(torch.linear(h, self.k#_w, self.k#_b), [n, t, 12, 32]), 1, 2)
                        v = torch.transpose(torch.view(torch.linear(h, self.v#_w, self.v#_b), [n, t, 12, 32]), 1, 2)
                        s = torch.div(torch.matmul(q, torch.transpose(k, -1, -2)), 5.656854249492381)
                        a = torch.softmax(torch.add(s, bias), -1)
                        c = torch.reshape(torch.transpose(torch.matmul(a, v), 1, 2), [n, t, 384])
                        c = torch.add(torch.linear(c, self.o#_w, self.o#_b), h)
                        h = torch.layer_norm(c, [384], self.n#_w, self.n#_b, 1.0e-12)
                        f = torch.gelu(torch.linear(h, self.i#_w, self.i#_b))
                        f = torch.add(torch.linear(f, self.f#_w, self.f#_b), h)
                        h = torch.layer_norm(f, [384], self.m#_w, self.m#_b, 1.0e-12)
                    """.replace("#", Integer.toString(i)));
        }
        body.append("    return {\"attention_mask\": attention_mask, \"last_hidden_state\": h}");
        TorchScriptArchive archive = new TorchScriptArchive(body.toString())
                .tensor("words", weights.tensor("embeddings.word_embeddings.weight"), 30_522, WIDTH)
                .tensor("positions", weights.tensor("embeddings.position_embeddings.weight"), 512, WIDTH)
                .tensor("types", weights.tensor("embeddings.token_type_embeddings.weight"), 2, WIDTH)
                .tensor("norm_w", weights.tensor("embeddings.LayerNorm.weight"), WIDTH)
                .tensor("norm_b", weights.tensor("embeddings.LayerNorm.bias"), WIDTH);
        for (int i = 0; i < LAYERS; i++) {
            String layer = "encoder.layer." + i + ".";
            linear(archive, weights, "q" + i, layer + "attention.self.query", WIDTH, WIDTH);
            linear(archive, weights, "k" + i, layer + "attention.self.key", WIDTH, WIDTH);
            linear(archive, weights, "v" + i, layer + "attention.self.value", WIDTH, WIDTH);
            linear(archive, weights, "o" + i, layer + "attention.output.dense", WIDTH, WIDTH);
            linear(archive, weights, "i" + i, layer + "intermediate.dense", WIDTH, INNER);
            linear(archive, weights, "f" + i, layer + "output.dense", INNER, WIDTH);
            norm(archive, weights, "n" + i, layer + "attention.output.LayerNorm");
            norm(archive, weights, "m" + i, layer + "output.LayerNorm");
        }
        return archive;
    }

    /** The exporter has transposed these matrices, and named them by number. */
    private static void linear(
            TorchScriptArchive archive, OnnxWeights weights, String name, String original, int from, int to) {
        // The layers are "layer.0", not "layer/0".
        String node = "/" + original.replace('.', '/').replaceAll("layer/(\\d)", "layer.$1") + "/MatMul";
        archive.transposed(name + "_w", weights.secondInputOf(node), from, to)
                .tensor(name + "_b", weights.tensor(original + ".bias"), to);
    }

    private static void norm(TorchScriptArchive archive, OnnxWeights weights, String name, String original) {
        archive.tensor(name + "_w", weights.tensor(original + ".weight"), WIDTH)
                .tensor(name + "_b", weights.tensor(original + ".bias"), WIDTH);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = MiniLmTorchScript.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IOException("the class path has no " + name);
            }
            return in.readAllBytes();
        }
    }
}
