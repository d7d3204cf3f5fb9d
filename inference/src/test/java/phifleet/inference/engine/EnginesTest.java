package phifleet.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import phifleet.inference.hub.FolderWishes;
import phifleet.inference.hub.HuggingFaceFolder;
import phifleet.inference.model.Device;
import phifleet.inference.model.DeviceChoice;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Precision;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.testing.SharedFiles;
import phifleet.inference.testing.Workbench;

/** Where models end, on a machine whose GPU is only a promise: the class path has the engine's CPU build. */
class EnginesTest {
    @Test
    void load_gpuThatFails_endsOnTheCpuAndSaysSo() throws Exception {
        Engines engines = new Engines(EngineSettings.of(Workbench.cache()), engine -> true);
        ModelSpec spec = EmbeddedModel.ALL_MINILM_L6_V2.spec();
        assertThat(engines.expectedDevice(spec)).isEqualTo(new Device.Cuda(0));
        LoadedModel loaded = engines.load(spec);
        try (Model<TokenSequence, Vector> model = loaded.model()) {
            assertThat(loaded.device()).isEqualTo(Device.CPU);
            assertThat(loaded.engine()).isEqualTo("OnnxRuntime");
            assertThat(loaded.version()).startsWith("1.");
            assertThat(loaded.reproducible()).isTrue();
            assertThat(model.run(List.of(new TokenSequence(new int[] {101, 102}))))
                    .hasSize(1);
        }
    }

    @Test
    void load_gpuThatIsDemandedAndFails_isRefusedWithTheReason() {
        ModelSpec spec =
                Specs.onDevice(EmbeddedModel.ALL_MINILM_L6_V2.spec(), new DeviceChoice.Only(new Device.Cuda(1)));
        assertThatThrownBy(() -> Workbench.engines().load(spec))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("all-minilm-l6-v2: device cuda:1 cannot be used: ");
    }

    @Test
    void load_openVinoWithoutItsBuild_isRefusedInOneLine() throws Exception {
        Engines engines = Workbench.engines();
        ModelSpec spec = Specs.onDevice(EmbeddedModel.ALL_MINILM_L6_V2.spec(), openVino("CPU"));
        assertThat(engines.expectedDevice(spec).label()).isEqualTo("openvino:CPU");
        assertThat(engines.expectedDevice(Specs.onDevice(spec, openVino("GPU"))).label())
                .isEqualTo("openvino:GPU");
        assertThatThrownBy(() -> engines.load(spec))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("all-minilm-l6-v2: device openvino:CPU cannot be used: ")
                .hasMessageNotContaining("\n");
    }

    /** As ../shared's folders are read: no provider but the CPU's is in the class path, and each kind of model asks for it. */
    @Test
    void load_kindsThatHadSessionsOfTheirOwn_askForTheDeviceToo() throws Exception {
        for (String name : List.of("bert-safetensors", "pooling-max")) {
            ModelSpec spec = HuggingFaceFolder.read(SharedFiles.file("models/encoders/" + name), FolderWishes.NONE)
                    .spec(name);
            assertThatThrownBy(() ->
                            Workbench.engines().load(Specs.onDevice(spec, new DeviceChoice.Only(new Device.Cuda(0)))))
                    .isInstanceOf(ModelException.class)
                    .hasMessageContaining(name + ": device cuda:0 cannot be used: ")
                    .hasMessageContaining("CUDA");
        }
    }

    @Test
    void load_unusualGraphIn16Bits_isRefusedAndNotServedIn32() {
        // Outside of the assertion, which would take a skip for the wrong failure.
        Path folder = SharedFiles.file("models/encoders/pooling-max");
        assertThatThrownBy(() -> {
                    ModelSpec spec =
                            HuggingFaceFolder.read(folder, FolderWishes.NONE).spec("m");
                    Workbench.engines().load(Specs.with(spec, DeviceChoice.CPU, Precision.FP16));
                })
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("precision fp16: a graph with such inputs or such a pooling runs as it was");
    }

    private static DeviceChoice openVino(String target) {
        return new DeviceChoice.Only(new Device.OpenVino(target));
    }
}
