package phifleet.worker.index.opensearch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import phifleet.common.settings.SettingsReader;

class OpenSearchSettingsTest {
    private static SettingsReader reader(String yaml) {
        return SettingsReader.ofYaml("worker.yaml", yaml, "PHI_", Map.of("PHI_OPENSEARCH_PASSWORD", "secret"));
    }

    @Test
    void nothingSet_isNone() {
        SettingsReader reader = SettingsReader.ofYaml("worker.yaml", "", "PHI_", Map.of());

        assertThat(OpenSearchSettings.read(reader.root().section("opensearch"))).isNull();
        assertThat(reader.finish()).isEmpty();
    }

    @Test
    void urlAlone_hasDefaults() {
        SettingsReader reader =
                SettingsReader.ofYaml("worker.yaml", "opensearch: {url: 'https://s:9200/'}", "PHI_", Map.of());

        assertThat(OpenSearchSettings.read(reader.root().section("opensearch")))
                .isEqualTo(new OpenSearchSettings(
                        URI.create("https://s:9200"),
                        "phi-images",
                        OpenSearchSettings.Engine.LUCENE,
                        null,
                        null,
                        1,
                        1,
                        Duration.ofSeconds(10),
                        5));
        assertThat(reader.finish()).isEmpty();
    }

    @Test
    void everythingSet_isRead() {
        SettingsReader reader = reader("""
                opensearch:
                  url: http://s:1/below
                  index-prefix: mine
                  engine: faiss
                  user: me
                  certificates: /ca.pem
                  shards: 2
                  replicas: 3
                  timeout-ms: 400
                  tries: 6
                """);
        OpenSearchSettings settings =
                Objects.requireNonNull(OpenSearchSettings.read(reader.root().section("opensearch")));

        assertThat(reader.finish()).isEmpty();
        assertThat(settings)
                .isEqualTo(new OpenSearchSettings(
                        URI.create("http://s:1/below"),
                        "mine",
                        OpenSearchSettings.Engine.FAISS,
                        Credentials.ofUser("me", "secret"),
                        Path.of("/ca.pem"),
                        2,
                        3,
                        Duration.ofMillis(400),
                        6));
        assertThat(settings.toString()).doesNotContain("secret");
    }

    @Test
    void mistakes_areNamedTogether_withoutSecrets() {
        SettingsReader reader = reader("""
                opensearch:
                  url: https://me:hidden@s:9200
                  index-prefix: Mine
                  engine: nmslib
                  api-key: topmost
                  shards: 0
                """);
        OpenSearchSettings.read(reader.root().section("opensearch"));

        assertThatThrownBy(reader::finish)
                .hasMessageContaining("opensearch.url")
                .hasMessageContaining("opensearch.index-prefix")
                .hasMessageContaining("lucene, faiss")
                .hasMessageContaining("stands in place of user and password")
                .hasMessageContaining("opensearch.user: is required")
                .hasMessageContaining("1 to 1024")
                .hasMessageNotContainingAny("hidden", "topmost", "secret");
    }
}
