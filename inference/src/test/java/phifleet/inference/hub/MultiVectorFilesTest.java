package phifleet.inference.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Task;
import phifleet.inference.testing.SharedFiles;

/** Files that several libraries write of models of late interaction. */
class MultiVectorFilesTest {
    @TempDir
    private Path folder;

    private static Task.MultiVectorEncoding read(Path folder) throws Exception {
        FolderWishes wishes = FolderWishes.NONE;
        return (Task.MultiVectorEncoding)
                TextModelFolder.read(folder, wishes, null, null, "colbert").task();
    }

    private void stanford(Path shared, String documentToken) throws Exception {
        for (String name : List.of("config.json", "model.onnx", "tokenizer.json", "tokenizer_config.json")) {
            Files.copy(shared.resolve(name), folder.resolve(name));
        }
        Files.writeString(folder.resolve("artifact.metadata"), """
                {"query_token_id": "[Q] ", "doc_token_id": "%s", "query_maxlen": 32, "doc_maxlen": 48,
                 "mask_punctuation": true, "attend_to_mask_tokens": false, "dim": 16}
                """.formatted(documentToken));
    }

    @Test
    void read_stanfordsFile_saysWhatPylatesDoes() throws Exception {
        Path shared = SharedFiles.file("models/heads/colbert-one-graph");
        stanford(shared, "[D] ");
        Task.MultiVectorEncoding pylate = read(shared);
        Task.MultiVectorEncoding found = read(folder);
        assertThat(found)
                .usingRecursiveComparison()
                .ignoringFields("recipe", "dimension")
                .isEqualTo(pylate);
        assertThat(found.dimension()).isEqualTo(16);
        assertThat(found.skipped()).hasSizeGreaterThan(20);
        assertThat(found.input().maxTokens()).isEqualTo(48);
        assertThat(found.filler()).isEqualTo(6);
    }

    /** As sentence-transformers 6 saves the model that PyLate's files are of. */
    private void later(Path shared, String expansion, String mask) throws Exception {
        for (String name : List.of("config.json", "onnx/model.onnx", "tokenizer.json", "tokenizer_config.json")) {
            Files.createDirectories(folder.resolve(name).getParent());
            Files.copy(shared.resolve(name), folder.resolve(name), StandardCopyOption.REPLACE_EXISTING);
        }
        Path dense = Files.createDirectories(folder.resolve("1_Dense"));
        Files.copy(
                shared.resolve("1_Dense/model.safetensors"),
                dense.resolve("model.safetensors"),
                StandardCopyOption.REPLACE_EXISTING);
        Files.writeString(dense.resolve("config.json"), """
                {"in_features": 32, "out_features": 16, "bias": false,
                 "activation_function": "torch.nn.modules.linear.Identity", "module_input_name": "token_embeddings"}
                """);
        Files.writeString(
                Files.createDirectories(folder.resolve("2_MultiVectorMask")).resolve("config.json"), mask);
        Files.writeString(
                Files.createDirectories(folder.resolve("3_Normalize")).resolve("config.json"),
                "{\"module_input_name\": \"token_embeddings\"}");
        Files.writeString(folder.resolve("modules.json"), """
                [{"path": "", "type": "sentence_transformers.base.modules.transformer.Transformer"},
                 {"path": "1_Dense", "type": "sentence_transformers.base.modules.dense.Dense"},
                 {"path": "2_MultiVectorMask", "type": "multi_vector_encoder.modules.MultiVectorMask"},
                 {"path": "3_Normalize", "type": "sentence_transformers.base.modules.normalize.Normalize"}]
                """);
        Files.writeString(folder.resolve("config_sentence_transformers.json"), """
                {"model_type": "MultiVectorEncoder", "prompts": {"query": "[Q] ", "document": "[D] "}}
                """);
        Files.writeString(folder.resolve("sentence_bert_config.json"), """
                {"document_length": 48, "query_expansion": %s}
                """.formatted(expansion));
    }

    private static final String FIXED = "{\"strategy\": \"fixed\", \"attend\": false, \"token\": null, \"length\": 32}";

    @Test
    void read_modulesOfSentenceTransformers_sayWhatPylatesFileDoes() throws Exception {
        Path shared = SharedFiles.file("models/heads/colbert-pylate");
        Task.MultiVectorEncoding pylate = read(shared);
        later(shared, FIXED, "{\"skiplist_words\": [\"!\", \",\"], \"skiplist_tasks\": [\"document\"]}");
        Task.MultiVectorEncoding found = read(folder);
        assertThat(found)
                .usingRecursiveComparison()
                .ignoringFields("recipe", "dimension", "skipped")
                .isEqualTo(pylate);
        assertThat(found.skipped()).hasSize(2).isSubsetOf(pylate.skipped());
        assertThat(found.recipe().modules()).hasSize(2);
        later(shared, "{\"strategy\": \"fixed\", \"attend\": true, \"token\": \"[SEP]\", \"length\": 20}", "{}");
        Task.MultiVectorEncoding other = read(folder);
        assertThat(other.attendsFiller()).isTrue();
        assertThat(other.queryTokens()).isEqualTo(20);
        assertThat(other.filler()).isNotEqualTo(found.filler()).isNotNegative();
        assertThat(other.skipped()).isEmpty();
        later(shared, "null", "{}");
        assertThat(read(folder).filler()).isEqualTo(-1);
    }

    @Test
    void read_modulesThatAskForMore_areRefusedByName() throws Exception {
        Path shared = SharedFiles.file("models/heads/colbert-pylate");
        later(shared, "{\"strategy\": \"min\", \"length\": 20}", "{}");
        assertThatThrownBy(() -> read(folder)).hasMessageContaining("query_expansion has the strategy min");
        later(shared, FIXED, "{\"keep_only_token_ids\": [7]}");
        assertThatThrownBy(() -> read(folder)).hasMessageContaining("keep_only_token_ids is not supported");
        later(shared, FIXED, "{\"skiplist_tasks\": [\"query\"]}");
        assertThatThrownBy(() -> read(folder)).hasMessageContaining("skiplist_tasks has \"query\"");
        later(shared, FIXED, "{}");
        Files.writeString(folder.resolve("3_Normalize/config.json"), "{\"module_input_name\": \"sentence_embedding\"}");
        assertThatThrownBy(() -> read(folder))
                .hasMessageContaining("module_input_name is sentence_embedding; token_embeddings is supported");
    }

    @Test
    void read_tokenThatIsNone_isRefused() throws Exception {
        stanford(SharedFiles.file("models/heads/colbert-one-graph"), "[unused999]");
        assertThatThrownBy(() -> read(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("[unused999]");
    }
}
