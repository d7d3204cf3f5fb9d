package phifleet.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.hub.remote.HubException;
import phifleet.inference.model.ModelException;

class ModelShelfTest {
    @TempDir
    private Path folder;

    private final List<String> asked = new ArrayList<>();

    private ModelShelf shelf(String yaml) throws Exception {
        Path list = Files.writeString(folder.resolve("models.yaml"), yaml);
        return new ModelShelf(
                () -> ModelSettings.reader(list, false),
                folder,
                (name, wishes) -> {
                    asked.add(name.toString());
                    if (name.id().equals("owner/gated")) {
                        throw new HubException(HubException.Reason.GATED, "its terms are not accepted");
                    }
                    return folder;
                },
                null);
    }

    @Test
    void fetch_getsTheFilesOfTheModelThatIsNamed_andOfNoOther() throws Exception {
        ModelShelf shelf = shelf("""
                models:
                  - {hub: owner/one, load: demand}
                  - {id: two, hub: owner/other, aliases: [second], load: demand}
                  - {id: near, path: near, load: demand}
                """);
        shelf.fetch("owner/one", null);
        shelf.fetch("second", null);
        shelf.fetch("near", null);
        shelf.fetch("nobody", null);
        shelf.fetch("given", "{\"hub\": \"owner/given\"}");
        assertThat(asked).containsExactly("owner/one", "owner/other", "owner/given");
    }

    @Test
    void fetch_ofWhatIsMistaken_leavesItToWhoReadsIt() throws Exception {
        ModelShelf shelf = shelf("models:\n  - {id: bad, hub: '..', load: demand}\n");
        shelf.fetch("bad", null);
        shelf.fetch("given", "no JSON");
        assertThat(asked).isEmpty();
    }

    @Test
    void fetch_thatTheHubRefuses_failsWithItsReason() throws Exception {
        ModelShelf shelf = shelf("models:\n  - {hub: owner/gated, load: demand}\n");
        assertThatThrownBy(() -> shelf.fetch("owner/gated", null))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("its terms are not accepted")
                .hasCauseInstanceOf(HubException.class);
    }
}
