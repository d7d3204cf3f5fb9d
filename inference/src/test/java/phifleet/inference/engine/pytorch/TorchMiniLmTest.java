package phifleet.inference.engine.pytorch;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import phifleet.inference.engine.LoadedModel;
import phifleet.inference.engine.SentenceModelContract;
import phifleet.inference.engine.Specs;
import phifleet.inference.model.Device;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Model;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Precision;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;
import phifleet.inference.testing.Workbench;

/** The contract on PyTorch, with the same weights. */
@Tag("pytorch")
class TorchMiniLmTest implements SentenceModelContract {
    private static LoadedModel loaded;
    private static Tokenizer tokenizer;

    @BeforeAll
    static void load() throws Exception {
        loaded = Workbench.engines()
                .load(Specs.torchScript(
                        MiniLmTorchScript.folder(Workbench.cache()).resolve("model.pt"), Pooling.MEAN));
        tokenizer = Workbench.engines().tokenizer(EmbeddedModel.ALL_MINILM_L6_V2.spec());
    }

    @AfterAll
    static void close() {
        loaded.model().close();
    }

    @Override
    public Model<TokenSequence, Vector> model() {
        return loaded.model();
    }

    @Override
    public Tokenizer tokenizer() {
        return tokenizer;
    }

    @Test
    void load_saysWhatRunsItAndWhere() {
        assertThat(loaded.engine()).isEqualTo("PyTorch");
        assertThat(loaded.version()).matches("2\\.\\d+\\.\\d+");
        assertThat(loaded.device()).isEqualTo(Device.CPU);
        assertThat(loaded.precision()).isEqualTo(Precision.FP32);
        assertThat(loaded.reproducible()).isFalse();
        assertThat(loaded.key()).startsWith("m-torch-");
    }
}
