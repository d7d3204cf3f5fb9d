package phifleet.inference.model;

import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Where the files of a model are. */
public sealed interface ModelSource {

    /**
     * Inside a jar on the class path.
     *
     * @param weightsBytes length of the weights, by which what was prepared from them is known again: once it is, the
     *     weights themselves need not be there any more
     */
    record Embedded(String weightsResource, long weightsBytes, String tokenizerResource) implements ModelSource {}

    /** In the file system. */
    record Files(Path weights, Path tokenizer) implements ModelSource {}

    /**
     * Weights without a graph, which is made from what the configuration says.
     *
     * @param config a {@code config.json}
     * @param weights a {@code .safetensors} file, or a {@code .safetensors.index.json} that names several
     */
    record Safetensors(Path config, Path weights, Path tokenizer) implements ModelSource {}

    /**
     * A table with one vector a token: a text's is the mean of its tokens'. No engine is needed.
     *
     * @param table a {@code .safetensors} file
     * @param tensor the table's name in it
     */
    record Table(Path table, String tensor, Path tokenizer) implements ModelSource {}

    /** Two graphs, one of texts and one of images, whose vectors lie in one space. */
    record Towers(Path texts, Path tokenizer, Path images) implements ModelSource {}

    /** A graph alone, which takes and gives tensors. */
    record Graph(Path graph) implements ModelSource {}

    /**
     * A program of PyTorch's alone, which takes and gives tensors. Its file says neither their types nor their sizes.
     *
     * @param archive as {@code torch.jit.save} writes it
     * @param inputs that are known from elsewhere; none where the task says what they are
     * @param outputs that are known from elsewhere; none to find them by running it
     */
    record Program(Path archive, List<Signature.Value> inputs, List<Signature.Value> outputs) implements ModelSource {
        public Program {
            inputs = List.copyOf(inputs);
            outputs = List.copyOf(outputs);
        }
    }

    /** Where the tokeniser is, unless it is inside a jar or there is none. */
    default @Nullable Path tokenizerFile() {
        return switch (this) {
            case Embedded embedded -> null;
            case Graph graph -> null;
            case Program program -> null;
            case Towers towers -> towers.tokenizer();
            case Files files -> files.tokenizer();
            case Safetensors safetensors -> safetensors.tokenizer();
            case Table table -> table.tokenizer();
        };
    }
}
