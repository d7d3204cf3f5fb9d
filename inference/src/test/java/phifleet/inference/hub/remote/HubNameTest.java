package phifleet.inference.hub.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubNameTest {
    @TempDir
    private Path home;

    @ParameterizedTest
    @CsvSource({
        "BAAI/bge-m3, BAAI/bge-m3, main",
        "bert-base-uncased, bert-base-uncased, main",
        "a/b@v1, a/b, v1",
        "a/b@refs/pr/3, a/b, refs/pr/3",
        "a/b_c.d@0123456789abcdef0123456789abcdef01234567, a/b_c.d, 0123456789abcdef0123456789abcdef01234567"
    })
    void parse_name_hasItsParts(String text, String id, String revision) throws Exception {
        assertThat(HubName.parse(text)).isEqualTo(new HubName(id, revision));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "/",
                "a/",
                "/a",
                "a/b/c",
                "../a",
                "a/..",
                "a/b..c",
                "a--b",
                "a/b--c",
                "-a/b",
                "a/b.git",
                "a b",
                "a/b@",
                "a/b@..",
                "a/b@/x",
                "a/b@x/../y",
                "a/b@x/",
                "a\u001b[2J",
                "a/b@x\ny",
                "a\\b",
                "https://h/a"
            })
    void parse_noName_isRefused(String text) {
        assertThatThrownBy(() -> HubName.parse(text))
                .isInstanceOfSatisfying(
                        HubException.class, e -> assertThat(e.reason()).isEqualTo(HubException.Reason.INVALID))
                .message()
                .doesNotContain("\u001b", "\n");
    }

    @Test
    void settings_nothingSet_areTheToolsOwn() throws Exception {
        HubSettings settings = HubSettings.of(Map.of(), home);
        assertThat(settings)
                .isEqualTo(new HubSettings(
                        URI.create("https://huggingface.co"), home.resolve(".cache/huggingface/hub"), null, false));
    }

    @Test
    void settings_everyVariable_isHeeded() throws Exception {
        Files.writeString(home.resolve("token"), "from a file\n");
        assertThat(HubSettings.of(Map.of("HF_HOME", home.toString()), home))
                .isEqualTo(new HubSettings(
                        URI.create("https://huggingface.co"), home.resolve("hub"), "from a file", false));
        assertThat(HubSettings.of(
                        Map.of(
                                "HF_ENDPOINT", "http://mirror:81/hub/",
                                "HF_HUB_CACHE", "~/c",
                                "HF_HOME", home.toString(),
                                "HF_TOKEN", " secret ",
                                "HF_HUB_OFFLINE", "yes"),
                        home))
                .isEqualTo(new HubSettings(URI.create("http://mirror:81/hub"), home.resolve("c"), "secret", true));
        assertThat(HubSettings.of(Map.of("XDG_CACHE_HOME", "/x", "HF_HUB_OFFLINE", "0"), home)
                        .cache())
                .isEqualTo(Path.of("/x/huggingface/hub"));
        assertThat(HubSettings.of(Map.of("HF_TOKEN", "secret"), home))
                .hasToString(HubSettings.of(Map.of("HF_TOKEN", "other"), home).toString());
        assertThatThrownBy(() -> HubSettings.of(Map.of("HF_ENDPOINT", "file:///etc"), home))
                .hasMessageContaining("HF_ENDPOINT is file:///etc");
    }
}
