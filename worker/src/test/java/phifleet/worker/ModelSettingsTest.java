package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.common.settings.SettingsException;
import phifleet.common.settings.SettingsReader;
import phifleet.inference.hub.remote.HubException;
import phifleet.inference.model.Device;
import phifleet.inference.model.DeviceChoice;
import phifleet.inference.model.ElementType;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Overflow;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Precision;
import phifleet.inference.model.Recipe;
import phifleet.inference.model.Resize;
import phifleet.inference.model.Signature;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenInput;

class ModelSettingsTest {
    @TempDir
    private Path folder;

    private List<ModelSpec> read(String yaml) {
        SettingsReader reader = SettingsReader.ofYaml("models.yaml", yaml, "", Map.of());
        try {
            ModelSettings settings = ModelSettings.read(reader, folder, (name, wishes) -> folder.resolve(name.id()));
            reader.finish();
            return settings.models();
        } catch (HubException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private void write(String name, String text) throws Exception {
        Path file = folder.resolve(name);
        Files.createDirectories(file.resolveSibling(""));
        Files.writeString(file, text);
    }

    @Test
    void read_nothing_isTheEmbeddedModel() {
        assertThat(read("")).containsExactly(EmbeddedModel.ALL_MINILM_L6_V2.spec());
    }

    @Test
    void read_torchScriptAlone_isAProgramWithWhatIsSaidOfItsTensors() throws Exception {
        write("net.pt", "PK\u0003\u0004");
        write("folder/model.pt", "PK\u0003\u0004");
        ModelSpec spec = read("""
                models:
                  - id: net
                    path: net.pt
                    inputs: [{name: x, datatype: FP32, shape: [-1, 2]}, {name: y, datatype: TYPE_INT64, shape: []}]
                    outputs: [{name: z, datatype: BOOL, shape: [3]}]
                """).getFirst();
        assertThat(spec.engine()).isEqualTo(EngineKind.PYTORCH);
        assertThat(spec.source())
                .isEqualTo(new ModelSource.Program(
                        folder.resolve("net.pt"),
                        List.of(
                                new Signature.Value("x", ElementType.FP32, List.of(-1L, 2L)),
                                new Signature.Value("y", ElementType.INT64, List.of())),
                        List.of(new Signature.Value("z", ElementType.BOOL, List.of(3L)))));
        assertThat(read("models: [{id: net, path: folder, task: image-classification}]")
                        .getFirst()
                        .source())
                .isEqualTo(new ModelSource.Program(folder.resolve("folder/model.pt"), List.of(), List.of()));
    }

    @Test
    void read_torchScriptWithMistakes_namesEachWithItsBound() throws Exception {
        write("net.pt", "PK\u0003\u0004");
        write("pickle.pt", "\u0080\u0002c");
        assertThatThrownBy(() -> read("""
                models:
                  - id: net
                    path: net.pt
                    engine: onnxruntime
                    inputs:
                      - {name: x, datatype: FLOAT, shape: [-1, 2]}
                      - {name: x, datatype: FP32, shape: [-2]}
                      - {name: z, datatype: FP32}
                  - {id: other, path: pickle.pt}
                """))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("must be pytorch, which runs net.pt")
                .hasMessageContaining("must be one of BOOL, UINT8")
                .hasMessageContaining("another of inputs has this name")
                .hasMessageContaining("must be a list of sizes, -1 for one that is free")
                .hasMessageContaining("is no TorchScript archive, which is a zip");
    }

    @Test
    void read_everySetting_isMapped() throws Exception {
        write("golden.json", "[]");
        ModelSpec spec = read("""
                models:
                  - id: mine
                    embedded: all-minilm-l6-v2-int8
                    aliases: [org/mine]
                    engine: onnxruntime
                    device: cuda:1
                    precision: fp16
                    pooling: cls
                    normalize: false
                    max-tokens: 128
                    overflow: split
                    pad-id: 1
                    prompts: {query: "q: "}
                    default-prompt: query
                    golden: golden.json
                    batch-tokens: 4096
                    batch_size: 8
                    batch-timeout-ms: 5
                    weight: 2.5
                    instances: 3
                    warmup: 4
                    packing: false
                """).getFirst();
        assertThat(spec)
                .isEqualTo(new ModelSpec(
                        "mine",
                        List.of("org/mine"),
                        EmbeddedModel.ALL_MINILM_L6_V2_INT8.spec().source(),
                        spec.engine(),
                        new DeviceChoice.Only(new Device.Cuda(1)),
                        Precision.FP16,
                        new ModelSpec.Golden.File(folder.resolve("golden.json")),
                        new ModelSpec.Scheduling(2.5, 4096, 8, Duration.ofMillis(5), 3, 4),
                        new Task.SentenceEncoding(
                                new TokenInput(128, 1, false),
                                Pooling.CLS,
                                false,
                                Map.of("query", "q: "),
                                "query",
                                Recipe.PLAIN,
                                Overflow.SPLIT,
                                null,
                                null)));
    }

    @Test
    void read_eachDevice_isTakenAndOthersAreRefused() throws Exception {
        for (String device : List.of("auto", "cpu", "cuda", "cuda:12", "openvino", "openvino:GPU")) {
            assertThat(read("models: [{id: all-minilm-l6-v2, device: '" + device + "'}]")
                            .getFirst()
                            .device())
                    .isEqualTo(DeviceChoice.read(device).orElseThrow());
        }
        for (String device : List.of("openvino:TPU", "cuda:", "cuda:123", "openvino:")) {
            assertThatThrownBy(() -> read("models: [{id: all-minilm-l6-v2, device: '" + device + "'}]"))
                    .isInstanceOf(SettingsException.class)
                    .hasMessageContaining("must be auto, cpu, cuda, cuda:N, openvino or openvino:CPU, GPU or NPU");
        }
    }

    @Test
    void read_engineThatTheFilesAreNotFor_isRefused() throws Exception {
        write("m/model.onnx", "");
        write("m/tokenizer.json", "{}");
        assertThatThrownBy(() -> read("""
                models:
                  - {id: m, path: m, engine: pytorch}
                  - {id: all-minilm-l6-v2, engine: pytorch}
                  - {id: n, embedded: all-minilm-l6-v2, engine: tensorflow}
                """))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.mistakes())
                                .hasSize(3)
                                .anyMatch(line -> line.startsWith("models[0].path") && line.endsWith("has no model.pt"))
                                .anyMatch(line -> line.startsWith("models[1].engine = pytorch: must be onnxruntime"))
                                .anyMatch(line -> line.startsWith("models[2].engine = tensorflow: must be one of")));
    }

    @Test
    void read_moduleThatIsNotSupported_saysWhich() throws Exception {
        write("m/model.onnx", "");
        write("m/tokenizer.json", "{}");
        write("m/modules.json", "[{\"type\":\"sentence_transformers.models.Dense\"}]");
        assertThatThrownBy(() -> read("models: [{id: m, path: m}]"))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("begins with a module Dense");
    }

    @Test
    void read_modelByName_isReadFromTheFolderThatIsGot() throws Exception {
        write("owner/bare/config.json", "{\"model_type\": \"bert\", \"max_position_embeddings\": 64}");
        write("owner/bare/tokenizer.json", "{}");
        write("owner/bare/model.safetensors", "read when it is loaded");
        write("owner/bare/1_Pooling/config.json", "{\"pooling_mode_mean_tokens\": true}");
        assertThat(read("models: [{hub: owner/bare@v1}, {hub: owner/bare, id: mine, max-tokens: 32}]"))
                .extracting(ModelSpec::id, spec -> spec.encoding().input().maxTokens())
                .containsExactly(tuple("owner/bare", 64), tuple("mine", 32));
    }

    @Test
    void read_wrongNames_areMistakes() {
        assertThatThrownBy(() -> read("""
                models:
                  - {hub: "a b"}
                  - {hub: owner/x, path: /x}
                  - {hub: owner/x, embedded: all-minilm-l6-v2}
                """))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.mistakes())
                                .anyMatch(line -> line.startsWith("models[0].hub = a b: 'a b' is no model's name"))
                                .anyMatch(line -> line.startsWith("models[1].hub = owner/x: a model is on the Hub"))
                                .anyMatch(line -> line.startsWith("models[2].hub = owner/x: a model is on the Hub")));
    }

    @Test
    void read_severalMistakes_namesEachWithItsPlace() {
        assertThatThrownBy(() -> read("""
                models:
                  - {id: "bad id", embedded: all-minilm-l6-v2}
                  - {id: a, embedded: all-minilm-l6-v2, device: gpu, pooling: most, default-prompt: q}
                  - {id: a, embedded: all-minilm-l6-v2, pickle: 3}
                """))
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.mistakes())
                                .anyMatch(line -> line.startsWith("models[0].id = bad id"))
                                .anyMatch(line -> line.startsWith("models[1].device = gpu"))
                                .anyMatch(line -> line.startsWith("models[1].pooling = most: "))
                                .anyMatch(line -> line.startsWith("models[1].default-prompt = q"))
                                .anyMatch(line -> line.startsWith("models[2].id = a: another model"))
                                .anyMatch(line -> line.startsWith("models[2].pickle: no setting")));
    }

    private List<String> mistakes(String yaml) {
        try {
            read(yaml);
        } catch (SettingsException e) {
            return e.mistakes();
        }
        throw new AssertionError("it was taken");
    }

    @Test
    void read_wrongPath_doesNotMakeOtherKeysUnknown() {
        for (String path : List.of("nowhere", "nowhere.onnx")) {
            assertThat(mistakes("""
                    models:
                      - id: a
                        path: %s
                        aliases: [b]
                        device: cpu
                        precision: fp16
                        batch-size: 4
                        batch_timeout_ms: 5
                        weight: 2
                        prompts: {query: "q: "}
                        labels: coco-80
                        preprocess: {like: yolo}
                        lables: coco-80
                    """.formatted(path)))
                    .hasSize(2)
                    .anyMatch(line -> line.startsWith("models[0].path = "))
                    .anyMatch(line -> line.startsWith("models[0].lables: no setting has this name, was labels meant?"));
        }
    }

    @Test
    void read_keysOfAnotherTask_areToldAsThat() throws Exception {
        TinyGraph.write(folder.resolve("net/model.onnx"), 1);
        assertThat(mistakes("models: [{id: net, path: net, pooling: mean, labels: coco-80}, "
                        + "{id: all-minilm-l6-v2, head: yolov8}]"))
                .containsExactly(
                        "models[0].pooling: means nothing for a model whose task is tensors",
                        "models[0].labels: means nothing for a model whose task is tensors",
                        "models[1].head: means nothing for a model whose task is sentence-encoder");
    }

    @Test
    void read_name_isAnotherWordForId() throws Exception {
        TinyGraph.write(folder.resolve("net/model.onnx"), 1);
        assertThat(read("models: [{name: net, path: net, batch_size: 8, batch_timeout_ms: 5}]"))
                .singleElement()
                .satisfies(spec -> assertThat(spec.id()).isEqualTo("net"))
                .satisfies(spec -> assertThat(spec.scheduling().batchItems()).isEqualTo(8))
                .satisfies(spec -> assertThat(spec.scheduling().company()).isEqualTo(Duration.ofMillis(5)));
        assertThat(mistakes("models: [{name: net, id: net, path: net}]"))
                .containsExactly("models[0].name: is another name for id, which is there too");
    }

    @Test
    void read_ofOneConfigFile_takesTheModelsAndLeavesTheRest() throws Exception {
        TinyGraph.write(folder.resolve("net/model.onnx"), 1);
        Path config = Files.writeString(
                folder.resolve("config.yaml"),
                "server: {port: 1}\nmodels:\n  - {name: net, path: net, batch_sise: 3}\n");
        SettingsReader reader = ModelSettings.reader(config, true);
        assertThat(ModelSettings.read(reader, folder, (name, wishes) -> folder).models())
                .extracting(ModelSpec::id)
                .containsExactly("net");
        assertThatThrownBy(reader::finish)
                .hasMessageContaining("models[0].batch_sise: no setting has this name, was batch-size meant?");
    }

    @Test
    void read_folderWhoseArchitectureSeesImages_needsNoTask() throws Exception {
        TinyGraph.write(folder.resolve("cats/onnx/model.onnx"), 1);
        write("cats/config.json", """
                {"architectures": ["ViTForImageClassification"], "id2label": {"1": "dog", "0": "cat"}}""");
        write("cats/preprocessor_config.json", """
                {"do_resize": true, "size": {"height": 32, "width": 48}, "image_mean": [0.5, 0.5, 0.5], "image_std": [1, 1, 1]}""");
        TinyGraph.write(folder.resolve("things/model.onnx"), 1);
        write("things/config.json", "{\"architectures\": [\"YolosForObjectDetection\"]}");
        List<ModelSpec> found = read("""
                models:
                  - {id: cats, path: cats}
                  - {id: things, path: things, labels: coco-80}
                  - {id: numbers, path: cats, task: tensors}
                """);
        assertThat(found.get(0).task()).isInstanceOfSatisfying(Task.ImageClassification.class, task -> {
            assertThat(task.labels()).containsExactly("cat", "dog");
            assertThat(task.preprocessing().resize()).isEqualTo(new Resize.Stretch(48, 32));
        });
        assertThat(found.get(0).source()).isEqualTo(new ModelSource.Graph(folder.resolve("cats/onnx/model.onnx")));
        assertThat(found.get(1).task())
                .isInstanceOfSatisfying(
                        Task.Detection.class, task -> assertThat(task.labels()).hasSize(80));
        assertThat(found.get(2).task()).isEqualTo(new Task.Tensors());
    }

    @Test
    void read_imageFolderWithoutAnExportedGraph_saysWhatIsNeeded() throws Exception {
        write("cats/config.json", "{\"architectures\": [\"ViTForImageClassification\"]}");
        write("cats/model.safetensors", "never read");
        assertThat(mistakes("models: [{id: cats, path: cats, labels: nowhere.txt}]"))
                .hasSize(2)
                .anyMatch(line -> line.contains("cats has model.safetensors alone; an exported graph is needed"))
                .anyMatch(line -> line.startsWith("models[0].labels = nowhere.txt: ")
                        && line.endsWith("must be one of imagenet-1k, coco-80, face, or a file"));
    }

    @Test
    void read_schedulingOutOfBounds_namesEachBound() {
        assertThat(mistakes("""
                models:
                  - {id: all-minilm-l6-v2, weight: 0, batch-size: -1, batch-timeout-ms: 60001, instances: 1025, warmup: much}
                """))
                .containsExactly(
                        "models[0].weight = 0: must be a number from 0.01 to 1000.0",
                        "models[0].batch-size = -1: must be a whole number from 0 to 65536",
                        "models[0].batch-timeout-ms = 60001: must be a whole number from 0 to 60000",
                        "models[0].instances = 1025: must be a whole number from 0 to 1024",
                        "models[0].warmup = much: must be a whole number from 0 to 10000");
    }
}
