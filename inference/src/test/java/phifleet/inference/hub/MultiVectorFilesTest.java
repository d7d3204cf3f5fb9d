package phifleet.inference.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
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

    @Test
    void read_tokenThatIsNone_isRefused() throws Exception {
        stanford(SharedFiles.file("models/heads/colbert-one-graph"), "[unused999]");
        assertThatThrownBy(() -> read(folder))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("[unused999]");
    }
}
