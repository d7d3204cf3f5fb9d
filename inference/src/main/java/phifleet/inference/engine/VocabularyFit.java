package phifleet.inference.engine;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.inference.engine.tokenizer.HuggingFaceTextTokenizer;
import phifleet.inference.graph.safetensors.Safetensors;
import phifleet.inference.graph.safetensors.StoredTensor;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.onnx.EmbeddingTable;

/**
 * Whether a model has an embedding for every id that its tokeniser makes. Where it has not, the two do not belong together: a CPU would
 * fail at the first such word, and a GPU answer with a vector that means nothing.
 */
final class VocabularyFit {
    private static final Logger LOG = LoggerFactory.getLogger(VocabularyFit.class);

    private VocabularyFit() {}

    /**
     * Holds a tokeniser against its model's weights. A token that was only added, as one for images is to an encoder of texts, may have
     * no embedding: that is told, and a text that spells it out is refused by the engine.
     */
    static void check(ModelSpec spec, HuggingFaceTextTokenizer tokenizer) throws ModelException {
        OptionalLong rows = rows(spec);
        if (rows.isEmpty() || tokenizer.vocabularySize() <= rows.getAsLong()) {
            return;
        }
        long has = rows.getAsLong();
        if (tokenizer.ordinarySize() > has) {
            throw new ModelException(spec.id() + ": " + spec.source().tokenizerFile() + " makes ids up to "
                    + (tokenizer.ordinarySize() - 1) + ", and " + weights(spec.source()) + " has embeddings for 0 to "
                    + (has - 1) + ": the two do not belong together");
        }
        LOG.warn(
                "{}: tokens that were added to {}, up to id {}, have no embedding, as there are {}",
                spec.id(),
                spec.source().tokenizerFile(),
                tokenizer.vocabularySize() - 1,
                has);
    }

    private static OptionalLong rows(ModelSpec spec) throws ModelException {
        return switch (spec.source()) {
            case ModelSource.Files files when spec.engine() == EngineKind.ONNXRUNTIME -> ofGraph(files.weights());
            case ModelSource.Files archive -> OptionalLong.empty();
            case ModelSource.Safetensors weights -> ofConfig(weights.config());
            case ModelSource.Table table -> {
                StoredTensor tensor = Safetensors.read(table.table()).find(table.tensor());
                yield tensor == null
                        ? OptionalLong.empty()
                        : OptionalLong.of(tensor.shape().getFirst());
            }
            case ModelSource.Embedded embedded -> OptionalLong.empty();
            case ModelSource.Towers towers -> ofGraph(towers.texts());
            case ModelSource.Graph graph -> OptionalLong.empty();
            case ModelSource.Program program -> OptionalLong.empty();
        };
    }

    private static Path weights(ModelSource source) {
        return switch (source) {
            case ModelSource.Files files -> files.weights();
            case ModelSource.Safetensors weights -> weights.weights();
            case ModelSource.Table table -> table.table();
            case ModelSource.Towers towers -> towers.texts();
            case ModelSource.Graph graph -> graph.graph();
            case ModelSource.Program program -> program.archive();
            case ModelSource.Embedded embedded -> Path.of(embedded.weightsResource());
        };
    }

    private static OptionalLong ofGraph(Path graph) throws ModelException {
        try (FileChannel file = FileChannel.open(graph)) {
            return EmbeddingTable.rows(file.map(MapMode.READ_ONLY, 0, file.size()));
        } catch (IOException | IllegalArgumentException | ArithmeticException e) {
            throw new ModelException(graph + " cannot be read: " + e.getMessage(), e);
        }
    }

    /** The weights are held against it when the graph is made of them. */
    private static OptionalLong ofConfig(Path config) throws ModelException {
        try {
            long size = new JsonMapper()
                    .readTree(config.toFile())
                    .path("vocab_size")
                    .asLong(0);
            return size > 0 ? OptionalLong.of(size) : OptionalLong.empty();
        } catch (IOException e) {
            throw ModelException.ofJson(String.valueOf(config), e);
        }
    }
}
