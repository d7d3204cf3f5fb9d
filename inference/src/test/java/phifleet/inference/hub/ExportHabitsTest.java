package phifleet.inference.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.engine.LoadedModel;
import phifleet.inference.engine.onnx.TinyEncoder;
import phifleet.inference.engine.onnx.TinyEncoder.Habit;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Precision;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;
import phifleet.inference.testing.Workbench;

/** Graphs as Python's exporters leave them, each run: the mean of 2, 4, 5, 3 is 3.5. */
class ExportHabitsTest {
    private static final String TEXT = "a b";

    @TempDir
    private Path folder;

    private static ModelSpec spec(Path folder) throws ModelException {
        return HuggingFaceFolder.read(folder, FolderWishes.NONE).spec("tiny");
    }

    private static FolderWishes precision(String precision) {
        return new FolderWishes(null, null, null, precision, null, null, OptionalInt.empty());
    }

    private static List<Vector> vectors(Path folder, String... texts) throws ModelException {
        ModelSpec spec = spec(folder);
        Tokenizer tokenizer = Workbench.engines().tokenizer(spec);
        try (Model<TokenSequence, Vector> model = Workbench.engines().load(spec).model()) {
            return model.run(Arrays.stream(texts)
                    .map(text -> tokenizer.encode(text, true))
                    .toList());
        }
    }

    private static Vector vector(float... numbers) {
        return new Vector(numbers);
    }

    @Test
    void run_idsInThirtyTwoBits_areMadeSo() throws Exception {
        TinyEncoder.write(folder, Habit.NARROW_IDS);
        assertThat(vectors(folder, TEXT)).containsExactly(vector(3.5f, 1));
    }

    @Test
    void run_positionsAsAnInput_areCountedFromZero() throws Exception {
        TinyEncoder.write(folder, Habit.POSITIONS);
        assertThat(vectors(folder, TEXT)).containsExactly(vector(5, 2.5f));
    }

    @Test
    void run_graphThatPools_isNotPooledAgain() throws Exception {
        TinyEncoder.write(folder, Habit.POOLED);
        assertThat(vectors(folder, TEXT)).containsExactly(vector(5, 1));
        assertThat(spec(folder).encoding().recipe().decisions())
                .contains("pooled by the graph, output sentence_embedding (its name)");
    }

    @Test
    void run_weightsInAFileOfAnyName_areFound() throws Exception {
        TinyEncoder.write(folder, Habit.WEIGHTS_APART);
        assertThat(vectors(folder, TEXT)).containsExactly(vector(3.5f, 1));
    }

    @Test
    void load_weightsApartThatAreMissingOrCut_areNamed() throws Exception {
        Path weights = TinyEncoder.write(folder, Habit.WEIGHTS_APART).resolve(TinyEncoder.WEIGHTS);
        Files.write(weights, Arrays.copyOf(Files.readAllBytes(weights), 40));
        assertThatThrownBy(() -> spec(folder))
                .isInstanceOf(ModelException.class)
                .hasMessage(weights + " is cut short: it has 40 bytes, and " + folder.resolve("model.onnx")
                        + " has weights in it up to byte 80");
        Files.delete(weights);
        assertThatThrownBy(() -> spec(folder))
                .hasMessageContaining(folder.resolve("model.onnx") + " has weights in " + TinyEncoder.WEIGHTS
                        + ", which is not there");
    }

    @Test
    void load_dynamicallyQuantisedGraph_isSeenAsThatWhateverItsName() throws Exception {
        TinyEncoder.write(folder, Habit.QUANTISED);
        ModelSpec spec = spec(folder);
        assertThat(spec.precision()).isEqualTo(Precision.INT8);
        LoadedModel loaded = Workbench.engines().load(spec);
        loaded.model().close();
        assertThat(loaded.reproducible()).isFalse();
        // And it is true: the scale is that of the whole batch.
        assertThat(vectors(folder, "a").getFirst())
                .isNotEqualTo(vectors(folder, "a", "f f f").getFirst());
    }

    @Test
    void read_precisionThatTheGraphHasNot_isRefused() throws Exception {
        TinyEncoder.write(folder, Habit.QUANTISED);
        for (String wished : List.of("fp32", "fp16", "int4")) {
            assertThatThrownBy(() -> HuggingFaceFolder.read(folder, precision(wished)))
                    .as(wished)
                    .hasMessageContaining("computes in int8, of which precision: " + wished + " cannot be made")
                    .hasMessageContaining("weights:");
        }
        TinyEncoder.write(folder);
        for (String made : List.of("fp16", "bf16", "int8")) {
            assertThat(HuggingFaceFolder.read(folder, precision(made)).precision())
                    .isEqualTo(made);
        }
        assertThatThrownBy(() -> HuggingFaceFolder.read(folder, precision("int4")))
                .hasMessageContaining("computes in fp32");
    }

    @Test
    void read_onlyAQuantisedGraph_isTakenAndSaysHowToChoose() throws Exception {
        TinyEncoder.write(folder, Habit.QUANTISED);
        Files.createDirectory(folder.resolve("onnx"));
        Files.move(folder.resolve("model.onnx"), folder.resolve("onnx/model_quantized.onnx"));
        assertThat(spec(folder).encoding().recipe().decisions())
                .contains("int8 weights onnx/model_quantized.onnx (the only graph; weights: chooses)");
        assertThat(vectors(folder, TEXT)).hasSize(1);
    }

    @Test
    void read_poolingThatModulesName_isFollowedWhereverItIs() throws Exception {
        TinyEncoder.write(folder);
        Files.createDirectory(folder.resolve("2_Pooling"));
        Files.writeString(folder.resolve("2_Pooling/config.json"), "{\"pooling_mode_cls_token\": true}");
        Files.writeString(folder.resolve("modules.json"), """
                [{"idx": 0, "type": "sentence_transformers.models.Transformer", "path": ""},
                 {"idx": 1, "type": "sentence_transformers.models.Pooling", "path": "2_Pooling"}]""");
        assertThat(spec(folder).encoding().pooling()).isEqualTo(Pooling.CLS);
        assertThat(vectors(folder, TEXT)).containsExactly(vector(2, 1));
    }

    @Test
    void read_noFileThatSaysHowToPool_isRefusedWithTheSetting() throws Exception {
        TinyEncoder.write(folder);
        Files.delete(folder.resolve("1_Pooling/config.json"));
        assertThatThrownBy(() -> spec(folder))
                .hasMessageContaining(folder.toString())
                .hasMessageContaining("set pooling:")
                .hasMessageContaining("sentence-transformers would take mean");
    }

    @Test
    void load_wordsWithoutAnEmbedding_areRefused() throws Exception {
        TinyEncoder.write(folder, Habit.FEWER_ROWS);
        ModelSpec spec = spec(folder);
        assertThatThrownBy(() -> Workbench.engines().tokenizer(spec))
                .isInstanceOf(ModelException.class)
                .hasMessage("tiny: " + folder.resolve("tokenizer.json") + " makes ids up to 9, and "
                        + folder.resolve("model.onnx")
                        + " has embeddings for 0 to 7: the two do not belong together");
    }

    @Test
    void load_addedTokenWithoutAnEmbedding_isServedWithoutIt() throws Exception {
        TinyEncoder.write(folder);
        Path tokenizer = folder.resolve("tokenizer.json");
        String text = Files.readString(tokenizer);
        Files.writeString(
                tokenizer,
                text.replace(
                        "\"added_tokens\": [",
                        "\"added_tokens\": [{\"id\": 10, \"content\": \"<image>\", \"single_word\": false, \"lstrip\": false,"
                                + " \"rstrip\": false, \"normalized\": false, \"special\": true},"));
        assertThat(vectors(folder, TEXT)).containsExactly(vector(3.5f, 1));
        assertThatThrownBy(() -> vectors(folder, "<image>")).isInstanceOf(ModelException.class);
    }

    @Test
    void read_filesThatAreNoModel_areNamedAsWhatTheyAre() throws Exception {
        for (String name : List.of("model.onnx", "tokenizer.json", "config.json")) {
            TinyEncoder.write(folder);
            Path file = folder.resolve(name);
            refused(file, "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 9\n", "is a Git LFS pointer");
            refused(file, "<!DOCTYPE html><html>Log in</html>", "is a web page");
        }
        TinyEncoder.write(folder);
        refused(folder.resolve("model.onnx"), "", "is empty");
        refused(folder.resolve("tokenizer.json"), "", "is empty");
    }

    @Test
    void read_graphThatIsCut_isNamedAsThat() throws Exception {
        Path graph = TinyEncoder.write(folder).resolve("model.onnx");
        byte[] whole = Files.readAllBytes(graph);
        for (int length = 1; length < whole.length; length += 7) {
            Files.write(graph, Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> spec(folder))
                    .isInstanceOf(ModelException.class)
                    .hasMessageStartingWith(graph + " is no ONNX graph, or is cut short");
        }
    }

    private void refused(Path file, String content, String message) throws IOException {
        Files.writeString(file, content);
        assertThatThrownBy(() -> TextModelFolder.read(folder, FolderWishes.NONE, null, null, "tiny"))
                .isInstanceOf(ModelException.class)
                .hasMessageStartingWith(file + " " + message);
        TinyEncoder.write(folder);
    }
}
