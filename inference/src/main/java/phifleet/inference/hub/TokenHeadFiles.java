package phifleet.inference.hub;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import phifleet.inference.graph.safetensors.Safetensors;
import phifleet.inference.graph.safetensors.StoredTensor;
import phifleet.inference.hub.torch.TorchArchive;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.TokenHeads;
import phifleet.inference.model.VectorModule;
import phifleet.inference.onnx.OnnxSignature;
import phifleet.inference.text.module.Dense;

/**
 * What a sentence encoder's folder has for its tokens, as BGE-M3's publishers lay it out: layers in {@code sparse_linear} and
 * {@code colbert_linear}, safetensors or a file of PyTorch's, beside the network; or outputs of the graph.
 *
 * <p>Source: {@code BGEM3ForInference} of FlagEmbedding: weights are the layer's positive numbers, the largest of a token's, without those
 * of the tokeniser's own four; vectors are the layer's of all tokens but the first.
 */
final class TokenHeadFiles {
    private static final String WEIGHTS = "sparse_linear";
    private static final String VECTORS = "colbert_linear";
    private static final List<String> ENDINGS = List.of(".safetensors", ".pt");

    /** Outputs by exporters' names. */
    private static final List<String> WEIGHT_OUTPUTS = List.of("sparse_vecs", "sparse_weights", "sparse_embeddings");

    private static final List<String> VECTOR_OUTPUTS =
            List.of("colbert_vecs", "colbert_vectors", "colbert_embeddings", "multi_vector_embeddings");

    /** The tokens that have no weight: those that begin and end a text, fill it up, and stand for what is not known. */
    private static final List<String> OWN_TOKENS =
            List.of("cls_token", "bos_token", "eos_token", "sep_token", "pad_token", "unk_token");

    private TokenHeadFiles() {}

    /** The files of a folder's heads. */
    static Set<Path> files(FileTree tree, Path folder) {
        Set<Path> files = new TreeSet<>();
        for (String name : List.of(WEIGHTS, VECTORS)) {
            file(tree, folder, name).ifPresent(files::add);
        }
        return files;
    }

    private static Optional<Path> file(FileTree tree, Path folder, String name) {
        return tree.first(List.of(folder), ENDINGS.stream().map(name::concat).toList());
    }

    /**
     * Finds them.
     *
     * @return null where there are none
     */
    static @Nullable TokenHeads find(Path folder, NetworkPlan plan, Path tokenizer, Decisions decisions)
            throws ModelException {
        if (plan.engine() != EngineKind.ONNXRUNTIME || plan.source() instanceof ModelSource.Table) {
            return null;
        }
        TokenHeads outputs = outputs(folder, plan, tokenizer, decisions);
        if (outputs != null) {
            return outputs;
        }
        FileTree disk = new FileTree.OnDisk();
        Optional<Path> weights = file(disk, folder, WEIGHTS);
        Optional<Path> vectors = file(disk, folder, VECTORS);
        if (weights.isEmpty() && vectors.isEmpty()) {
            return null;
        }
        String names = String.join(
                " and ",
                files(disk, folder).stream()
                        .map(file -> String.valueOf(file.getFileName()))
                        .toList());
        if (plan.whole()) {
            decisions.add("one vector a text: the graph pools, so that " + names + " cannot be used", "its outputs");
            return null;
        }
        VectorModule weight = weights.isPresent() ? layer(weights.get(), 1) : null;
        VectorModule vector = vectors.isPresent() ? layer(vectors.get(), 0) : null;
        TokenHeads heads = new TokenHeads.Layers(weight, vector, unweighted(folder, tokenizer));
        decisions.add("gives " + String.join(", ", heads.outputs().names()), names);
        return heads;
    }

    private static @Nullable TokenHeads outputs(Path folder, NetworkPlan plan, Path tokenizer, Decisions decisions)
            throws ModelException {
        if (!(plan.source() instanceof ModelSource.Files files)
                || !plan.pooling().isNone()) {
            return null;
        }
        OnnxSignature signature = ModelFile.graph(files.weights());
        Optional<String> weights = name(signature, WEIGHT_OUTPUTS);
        Optional<String> vectors = name(signature, VECTOR_OUTPUTS);
        if (weights.isEmpty() || vectors.isEmpty()) {
            return null;
        }
        TokenHeads heads = new TokenHeads.Outputs(weights.get(), vectors.get(), unweighted(folder, tokenizer));
        decisions.add("gives " + String.join(", ", heads.outputs().names()), "its outputs");
        return heads;
    }

    private static Optional<String> name(OnnxSignature signature, List<String> usual) {
        return usual.stream()
                .filter(name -> signature
                        .output(name)
                        .filter(value -> value.rank() == 3)
                        .isPresent())
                .findFirst();
    }

    /** @param out how many numbers come out; 0 for any */
    private static Dense layer(Path file, long out) throws ModelException {
        boolean isPickle = file.toString().endsWith(".pt");
        List<Long> shape;
        float[] weight;
        float @Nullable [] bias;
        if (isPickle) {
            TorchArchive tensors = TorchArchive.read(file);
            weight = tensors.floats("weight");
            shape = tensors.shape("weight");
            bias = tensors.names().contains("bias") ? tensors.floats("bias") : null;
        } else {
            Safetensors tensors = Safetensors.read(file);
            weight = tensors.floats("weight");
            StoredTensor stored = tensors.find("weight");
            shape = stored == null ? null : stored.shape();
            bias = tensors.find("bias") == null ? null : tensors.floats("bias");
        }
        if (shape == null
                || shape.size() != 2
                || (out > 0 && shape.getFirst() != out)
                || (bias != null && bias.length != shape.getFirst())) {
            throw new ModelException(file + " has a weight of shape " + shape + " and "
                    + (bias == null ? "no bias" : "a bias of " + bias.length) + "; a layer"
                    + (out > 0 ? " with " + out + " output" : "") + " is wanted");
        }
        float[] shift = bias == null ? new float[Math.toIntExact(shape.getFirst())] : bias;
        return new Dense(weight, shift, Dense.Activation.IDENTITY);
    }

    private static Set<Integer> unweighted(Path folder, Path tokenizer) throws ModelException {
        Set<String> tokens = new TreeSet<>();
        for (String key : OWN_TOKENS) {
            String token = TokenizerFile.named(key, List.of(folder));
            if (token != null) {
                tokens.add(token);
            }
        }
        return Set.copyOf(TokenizerFile.ids(tokenizer, tokens).values());
    }
}
