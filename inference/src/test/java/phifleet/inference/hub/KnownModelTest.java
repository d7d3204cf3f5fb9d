package phifleet.inference.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.model.Pooling;
import phifleet.inference.testing.SharedFiles;

class KnownModelTest {
    @TempDir
    private Path folder;

    private static final KnownModel ROW = new KnownModel(
            List.of("owner/model"),
            Pooling.CLS,
            false,
            null,
            OptionalInt.of(40),
            32,
            Map.of("query", "q: "),
            "this test");

    /** A graph, its tokeniser and its configuration, and no word of how it is used. */
    private void bare(String name, String... further) throws IOException {
        Path source = SharedFiles.file("models/encoders/" + name);
        for (String file : List.of("config.json", "tokenizer.json", "tokenizer_config.json", "onnx/model.onnx")) {
            copy(source, file);
        }
        for (String file : further) {
            copy(source, file);
        }
    }

    private void copy(Path source, String file) throws IOException {
        Path target = folder.resolve(file);
        Files.createDirectories(target.resolveSibling(""));
        Files.copy(source.resolve(file), target);
    }

    @Test
    void all_rows_sayWhatTheyMust_andEveryIdOnce() {
        List<KnownModel> rows = KnownModel.all();
        assertThat(rows).hasSizeBetween(25, 40).allSatisfy(row -> {
            assertThat(row.ids()).isNotEmpty();
            assertThat(row.source()).isNotBlank();
            assertThat(row.dimensions()).isPositive();
            assertThat(row.maxTokens()).isPresent();
            assertThat(row.pooling() == null).isEqualTo(row.output() != null);
        });
        assertThat(rows.stream().flatMap(row -> row.ids().stream())).doesNotHaveDuplicates();
        assertThat(KnownModel.find("Xenova/bge-small-en-v1.5").orElseThrow().prompts())
                .containsEntry("query", "Represent this sentence for searching relevant passages: ");
        assertThat(KnownModel.find("owner/model")).isEmpty();
    }

    @Test
    void read_silentFolder_isReadByItsName_andSaid() throws Exception {
        bare("minilm");
        assertThatThrownBy(() -> HuggingFaceFolder.read(folder, FolderWishes.NONE))
                .hasMessageContaining("set pooling:");
        HuggingFaceFolder read = HuggingFaceFolder.read(folder, FolderWishes.NONE, ROW);
        assertThat(read.pooling()).isEqualTo(Pooling.CLS);
        assertThat(read.normalize()).isFalse();
        assertThat(read.maxTokens()).isEqualTo(40);
        assertThat(read.prompts()).isEqualTo(Map.of("query", "q: "));
        assertThat(read.recipe().decisions())
                .contains(
                        "pooling cls (known-models.yaml)",
                        "not normalized (known-models.yaml)",
                        "most tokens 40 (known-models.yaml)",
                        "prompts [query] (known-models.yaml)");
    }

    @Test
    void read_folderThatSpeaks_isBelievedInstead() throws Exception {
        bare(
                "minilm",
                "modules.json",
                "1_Pooling/config.json",
                "sentence_bert_config.json",
                "config_sentence_transformers.json");
        HuggingFaceFolder read = HuggingFaceFolder.read(folder, FolderWishes.NONE, ROW);
        HuggingFaceFolder alone = HuggingFaceFolder.read(folder, FolderWishes.NONE);
        assertThat(read).isEqualTo(alone);
        assertThat(read.pooling()).isEqualTo(Pooling.MEAN);
    }

    @Test
    void read_graphThatPools_isBelievedInstead() throws Exception {
        bare("embeddinggemma-whole");
        assertThat(HuggingFaceFolder.read(
                                folder,
                                FolderWishes.NONE,
                                new KnownModel(
                                        List.of("a/b"),
                                        Pooling.MEAN,
                                        null,
                                        null,
                                        OptionalInt.empty(),
                                        48,
                                        Map.of(),
                                        "this test"))
                        .pooling())
                .isEqualTo(Pooling.NONE);
    }

    @Test
    void read_anotherWidth_isRefused() throws Exception {
        bare("minilm");
        KnownModel wider = new KnownModel(
                List.of("a/b"), Pooling.CLS, null, null, OptionalInt.empty(), 384, Map.of(), "this test");
        assertThatThrownBy(() -> HuggingFaceFolder.read(folder, FolderWishes.NONE, wider))
                .hasMessageContaining("with 384 dimensions")
                .hasMessageContaining("has 32");
    }
}
