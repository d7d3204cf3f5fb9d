package phifleet.inference.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import phifleet.inference.model.Device;
import phifleet.inference.model.DeviceChoice;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.testing.Workbench;

/** Where models end, on a machine whose GPU is only a promise: the class path has the engine's CPU build. */
class EnginesTest {
    @Test
    void load_gpuThatFails_endsOnTheCpuAndSaysSo() throws Exception {
        Engines engines = new Engines(EngineSettings.of(Workbench.cache()), engine -> true);
        ModelSpec spec = EmbeddedModel.ALL_MINILM_L6_V2.spec();
        assertThat(engines.expectedDevice(spec)).isEqualTo(new Device.Cuda(0));
        Engines.LoadedModel loaded = engines.load(spec);
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
}
