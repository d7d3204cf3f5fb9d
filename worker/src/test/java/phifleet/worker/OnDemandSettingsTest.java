package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.common.CopyBounds;
import phifleet.common.settings.SettingsReader;
import phifleet.inference.model.Residency;
import phifleet.worker.residence.Shelf;

class OnDemandSettingsTest {
    @TempDir
    private Path folder;

    private ModelSettings read(String yaml) throws Exception {
        SettingsReader reader = SettingsReader.ofYaml("models.yaml", yaml, "", Map.of());
        ModelSettings settings = ModelSettings.read(reader, folder, (name, wishes) -> {
            throw new AssertionError("nothing is got before it is asked for");
        });
        reader.finish();
        return settings;
    }

    @Test
    void read_modelsOnDemand_areReadAsFarAsTheyAreThere_andNoneIsFetched() throws Exception {
        TinyGraph.write(folder.resolve("net/model.onnx"), 1);
        ModelSettings settings = read("""
                models:
                  - {id: net, path: net, aliases: [other], load: demand, pin: true}
                  - {id: gone, path: nowhere, load: demand, idle-unload: 10m}
                  - {hub: owner/name, load: demand, min-copies: 2, max-copies: 3}
                  - {id: seldom, path: net, load: demand, resident: small}
                  - {id: always, path: net, load: demand, resident: fast}
                """);
        assertThat(settings.found()).isEmpty();
        assertThat(settings.dormant())
                .extracting(Shelf.Dormant::id)
                .containsExactly("net", "gone", "owner/name", "seldom", "always");
        Shelf.Dormant net = settings.dormant().getFirst();
        assertThat(net.aliases()).containsExactly("other");
        assertThat(net.spec()).isNotNull();
        assertThat(net.pinned()).isTrue();
        assertThat(net.idle()).isNull();
        assertThat(net.copies()).isEqualTo(CopyBounds.ANY);
        assertThat(settings.dormant().get(2).copies()).isEqualTo(new CopyBounds(2, 3));
        assertThat(settings.dormant())
                .extracting(model -> model.spec() == null ? null : model.spec().residency())
                .containsExactly(Residency.MAPPED_FIRST, null, null, Residency.MAPPED, Residency.PREPARED);
        Shelf.Dormant gone = settings.dormant().get(1);
        assertThat(gone.spec()).isNull();
        assertThat(gone.fault()).contains("nowhere");
        assertThat(gone.idle()).isEqualTo(Duration.ofMinutes(10));
    }

    @Test
    void read_mistakesInWhatIsSaid_areTold_eachWithItsBound() throws Exception {
        TinyGraph.write(folder.resolve("net/model.onnx"), 1);
        assertThatThrownBy(() -> read("""
                models:
                  - {id: a, path: net, load: sometimes}
                  - {id: b, path: net, idle-unload: 10m}
                  - {id: c, path: net, load: demand, idle-unload: soon}
                  - {id: d, path: net, load: demand, aliases: [a], batch-sise: 3}
                  - {path: net, load: demand}
                  - {id: e, path: net, load: demand, pin: true, idle-unload: 1s}
                  - {id: f, path: net, load: demand, min-copies: 3, max-copies: 2}
                  - {id: g, path: net, min-copies: 2}
                  - {id: h, path: net, load: demand, max-copies: 0}
                  - {id: i, path: net, resident: large}
                """))
                .hasMessageContaining("models[0].load = sometimes: must be one of start, demand")
                .hasMessageContaining("models[1].idle-unload = 10m: is for a model that comes back by itself")
                .hasMessageContaining("models[2].idle-unload = soon: must be a time from 1s to 30 days")
                .hasMessageContaining("models[3].id = a: another model has this name")
                .hasMessageContaining("models[3].batch-sise: no setting has this name")
                .hasMessageContaining("models[4].id")
                .hasMessageContaining("models[5].idle-unload = 1s: is not for a model that is pinned")
                .hasMessageContaining("models[6].min-copies = 3: must be at most max-copies, which is 2")
                .hasMessageContaining("models[7].min-copies = 2: is for a model that is not on every worker")
                .hasMessageContaining("models[8].max-copies = 0")
                .hasMessageContaining("models[9].resident = large: must be one of fast, soon, small");
    }
}
