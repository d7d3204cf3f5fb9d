package phifleet.inference.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.hub.remote.DownloadProgress;
import phifleet.inference.hub.remote.Hub;
import phifleet.inference.hub.remote.HubException;
import phifleet.inference.hub.remote.HubName;
import phifleet.inference.hub.remote.HubSettings;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.testing.HubServer;
import phifleet.inference.testing.SharedFiles;
import phifleet.inference.testing.Workbench;

/** Which of a model's files are got, and when the cache is believed. */
@Timeout(60)
class HubModelsTest {
    private static final HubName NAME = new HubName("owner/model", "main");

    @TempDir
    private Path cache;

    private HubServer server;
    private final List<String> said = new CopyOnWriteArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server = new HubServer();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private HubModels models(boolean offline) {
        DownloadProgress progress = new DownloadProgress() {
            @Override
            public void says(String line) {
                said.add(line);
            }
        };
        return new HubModels(new Hub(new HubSettings(server.endpoint(), cache, null, offline), progress));
    }

    private void add(String... paths) {
        for (String path : paths) {
            server.add(NAME.id(), path, (path.endsWith("json") ? "{}" : path).getBytes(StandardCharsets.UTF_8));
        }
    }

    private void write(String path, String content) {
        server.add(NAME.id(), path, content.getBytes(StandardCharsets.UTF_8));
    }

    private static List<String> files(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> folder.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static FolderWishes wish(@Nullable Path weights, @Nullable String precision) {
        return new FolderWishes(null, weights, null, precision, null, null, OptionalInt.empty());
    }

    @Test
    void get_manyWeights_takesTheSetThatAFolderWouldBeReadBy() throws Exception {
        write("config.json", "{\"model_type\": \"bert\"}");
        add(
                "tokenizer.json",
                "tokenizer_config.json",
                "README.md",
                "pytorch_model.bin",
                "tf_model.h5",
                "model.safetensors.index.json",
                "model-00001-of-00001.safetensors",
                "openvino/openvino_model.bin",
                "onnx/model_O4.onnx",
                "onnx/model_fp16.onnx",
                "1_Pooling/config.json");
        write("model.safetensors.index.json", "{\"weight_map\": {\"a\": \"model-00001-of-00001.safetensors\"}}");
        assertThat(files(models(false).get(NAME, FolderWishes.NONE)))
                .containsExactly(
                        "1_Pooling/config.json",
                        "config.json",
                        "model-00001-of-00001.safetensors",
                        "model.safetensors.index.json",
                        "tokenizer.json",
                        "tokenizer_config.json");
    }

    @Test
    void get_modulesElsewhere_areGotWithTheirWeights() throws Exception {
        write("modules.json", """
                [{"path": "net", "type": "sentence_transformers.models.Transformer"},
                 {"path": "pool", "type": "sentence_transformers.models.Pooling"},
                 {"path": "deep/2_Dense", "type": "sentence_transformers.models.Dense"}]""");
        write("net/config.json", "{\"model_type\": \"bert\"}");
        add(
                "net/tokenizer.json",
                "net/model.safetensors",
                "net/pytorch_model.bin",
                "pool/config.json",
                "deep/2_Dense/config.json",
                "deep/2_Dense/model.safetensors",
                "deep/2_Dense/pytorch_model.bin",
                "other/config.json");
        assertThat(files(models(false).get(NAME, FolderWishes.NONE)))
                .containsExactly(
                        "deep/2_Dense/config.json",
                        "deep/2_Dense/model.safetensors",
                        "modules.json",
                        "net/config.json",
                        "net/model.safetensors",
                        "net/tokenizer.json",
                        "pool/config.json");
    }

    @Test
    void get_whatCannotBeServed_isSaidBeforeItIsFetched() {
        write("config.json", "{\"model_type\": \"mamba\"}");
        add("tokenizer.json", "model.safetensors");
        assertUnsuitable("model_type mamba is not known");
        server.add("owner/other", "config.json", "{}".getBytes(StandardCharsets.UTF_8));
        server.add("owner/other", "pytorch_model.bin", new byte[3]);
        assertThatThrownBy(() -> models(false).get(new HubName("owner/other", "main"), FolderWishes.NONE))
                .hasMessageContaining("owner/other/pytorch_model.bin is a pickle")
                .hasMessageContaining("not fetched");
        assertThat(server.asked())
                .extracting(HubServer.Asked::path)
                .doesNotContain("model.safetensors", "pytorch_model.bin");
    }

    private void assertUnsuitable(String words) {
        HubException failure =
                catchThrowableOfType(HubException.class, () -> models(false).get(NAME, FolderWishes.NONE));
        assertThat(failure.reason()).isEqualTo(HubException.Reason.UNSUITABLE);
        assertThat(failure).hasMessageContaining(words);
        assertThat(cache.resolve("models--owner--model/snapshots")).doesNotExist();
    }

    @Test
    void get_wishes_chooseTheWeights() throws Exception {
        Path shared = SharedFiles.file("models/encoders/minilm-fp16-only");
        server.add(NAME.id(), shared);
        server.add(NAME.id(), "onnx/model.onnx", Files.readAllBytes(shared.resolve("onnx/model_fp16.onnx")));
        assertThat(files(models(false).get(NAME, FolderWishes.NONE)))
                .contains("onnx/model.onnx")
                .doesNotContain("onnx/model_fp16.onnx");
        assertThat(files(models(false).get(NAME, wish(null, "fp16")))).contains("onnx/model_fp16.onnx");
        HubException failure = catchThrowableOfType(
                HubException.class, () -> models(false).get(NAME, wish(Path.of("onnx/model_q4.onnx"), null)));
        assertThat(failure).hasMessage("owner/model/onnx/model_q4.onnx is not there");
    }

    @Test
    void get_graphWithWeightsBesideIt_takesTheFilesThatItNames() throws Exception {
        server.add(NAME.id(), SharedFiles.file("models/encoders/minilm-external-data"));
        assertThat(files(models(false).get(NAME, FolderWishes.NONE)))
                .contains("onnx/model.onnx", "onnx/model.onnx_data");
    }

    @Test
    void get_textsAndImages_takesBothGraphs_andNotTheJointOne() throws Exception {
        server.add(NAME.id(), SharedFiles.file("models/heads/siglip-base"));
        Path folder = models(false).get(NAME, FolderWishes.NONE);
        assertThat(files(folder))
                .contains(
                        "onnx/text_model.onnx", "onnx/vision_model.onnx", "tokenizer.json", "preprocessor_config.json")
                .doesNotContain("onnx/model.onnx");
        assertThat(TextImageFolder.isAt(folder)).isTrue();
        assertThat(TextImageFolder.read(folder, FolderWishes.NONE).match(20.0, -3.0))
                .isNotNull();
        assertThat(models(true).folder(NAME, FolderWishes.NONE)).isEqualTo(folder);
    }

    @Test
    void load_graphWithWeightsBesideIt_thatIsNotPrepared_findsThem() throws Exception {
        Path plain = SharedFiles.file("models/encoders/minilm-external-data");
        server.add(NAME.id(), plain);
        Path linked = models(false).get(NAME, FolderWishes.NONE);
        TokenSequence text = new TokenSequence(new int[] {2, 7, 8, 9, 3});
        List<Vector> vectors = new ArrayList<>();
        for (Path folder : List.of(plain, linked)) {
            FolderWishes pooled = new FolderWishes(
                    null, null, null, null, new Pooling(List.of(Pooling.Mode.MAX), true), null, OptionalInt.empty());
            ModelSpec spec = HuggingFaceFolder.read(folder, pooled).spec("max");
            try (Model<TokenSequence, Vector> model =
                    Workbench.engines().load(spec).model()) {
                vectors.addAll(model.run(List.of(text)));
            }
        }
        assertThat(vectors.get(1)).isEqualTo(vectors.get(0));
        assertThat(files(linked.resolve("onnx/model.onnx").toRealPath().resolveSibling("")))
                .noneMatch(file -> file.startsWith(".opening"));
    }

    @Test
    void folder_wholeInTheCache_asksNobody() throws Exception {
        server.add(NAME.id(), SharedFiles.file("models/encoders/minilm"));
        Path got = models(false).folder(NAME, FolderWishes.NONE);
        int asked = server.asked().size();
        assertThat(models(false).folder(NAME, FolderWishes.NONE)).isEqualTo(got);
        assertThat(models(true).folder(NAME, FolderWishes.NONE)).isEqualTo(got);
        assertThat(server.asked()).hasSize(asked);
        assertThat(said).isEmpty();
    }

    @Test
    void folder_ofAnotherTool_isCompleted_andOfflineTakenWithAWord() throws Exception {
        server.add(NAME.id(), SharedFiles.file("models/encoders/minilm"));
        Path got = models(false).folder(NAME, FolderWishes.NONE);
        // As if transformers had fetched the network alone: nobody knows whether there is a modules.json.
        Files.delete(got.resolve("modules.json"));
        assertThat(models(true).folder(NAME, FolderWishes.NONE)).isEqualTo(got);
        assertThat(said).singleElement().asString().contains("taken as it is");
        assertThat(models(false).folder(NAME, FolderWishes.NONE).resolve("modules.json"))
                .exists();
    }

    @Test
    void folder_weightsGone_areGotAgain_andOfflineIsSaid() throws Exception {
        server.add(NAME.id(), SharedFiles.file("models/encoders/minilm"));
        Path got = models(false).folder(NAME, FolderWishes.NONE);
        Files.delete(got.resolve("onnx/model.onnx").toRealPath());
        HubException failure =
                catchThrowableOfType(HubException.class, () -> models(true).folder(NAME, FolderWishes.NONE));
        assertThat(failure.reason()).isEqualTo(HubException.Reason.OFFLINE);
        assertThat(models(false).folder(NAME, FolderWishes.NONE).resolve("onnx/model.onnx"))
                .exists();
    }
}
