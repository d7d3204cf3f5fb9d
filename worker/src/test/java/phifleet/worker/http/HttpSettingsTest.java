package phifleet.worker.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import phifleet.common.settings.SettingsException;
import phifleet.common.settings.SettingsReader;
import phifleet.http.caller.ApiKey;
import phifleet.http.caller.NamedKey;
import phifleet.worker.http.ingest.pipeline.IngestSettings;
import phifleet.worker.http.ingest.pipeline.OcrSettings;

class HttpSettingsTest {
    private static SettingsReader reader(String yaml, Map<String, String> environment) {
        return SettingsReader.ofYaml("test.yaml", yaml, "PHI_", environment);
    }

    @Test
    void nothingSet_givesTheDefaults() {
        HttpSettings settings = HttpSettings.read(reader("", Map.of()).root(), 16);
        assertThat(settings)
                .isEqualTo(new HttpSettings(
                        "0.0.0.0",
                        8000,
                        4,
                        16 * 1024 * 1024,
                        Duration.ofSeconds(30),
                        4096,
                        Duration.ofSeconds(75),
                        2048,
                        200_000,
                        32,
                        null,
                        List.of(),
                        null,
                        List.of(),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(600),
                        HttpSettings.NO_GRPC,
                        8,
                        new DecodingSettings(
                                null, null, false, 16, Runtime.getRuntime().maxMemory() / 2 / (1 << 20) * (1 << 20)),
                        new IngestSettings(
                                null,
                                null,
                                false,
                                null,
                                null,
                                null,
                                null,
                                0.99,
                                0.7,
                                new OcrSettings(null, null, null, 0.5),
                                false,
                                true,
                                40,
                                32 << 20,
                                10_000)));
    }

    @Test
    void everythingSet_isRead() {
        SettingsReader reader = reader("""
                http:
                  host: 127.0.0.1
                  port: 1
                  event-loops: 2
                  max-body-bytes: 3000
                  body-timeout-ms: 400
                  body-bytes-per-second: 512
                  idle-timeout-ms: 5000
                  max-texts: 6
                  max-text-characters: 7
                  max-json-depth: 8
                  cors-origins: [https://a, https://b]
                  request-timeout-ms: 9
                  max-request-timeout-ms: 10
                  preparation-threads: 11
                grpc: {port: 12}
                api-keys: [{name: ann, sha256: 60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752}]
                images: {jpeg-library: none, heif-library: none, reduce: true, threads: 13, memory-mb: 14}
                ingest:
                  folder: /i
                  parts: true
                  detector: d
                  faces: f
                  encoder: e
                  next-encoder: n
                  near-duplicate: 0.5
                  face-score: 0.6
                  ocr: {detector: x, direction: y, recognizer: z, score: 0.4}
                  quantised: true
                  reduce: false
                  in-hand: 14
                  max-file-bytes: 15000
                  max-images: 16
                """, Map.of("PHI_API_KEY", "secret", "PHI_ADMIN_KEY", "topmost"));
        HttpSettings settings = HttpSettings.read(reader.root(), 1);
        assertThat(reader.finish()).isEmpty();
        ApiKey key = Objects.requireNonNull(settings.apiKey());
        assertThat(key.admits("Bearer secret")).isTrue();
        ApiKey admin = Objects.requireNonNull(settings.adminKey());
        assertThat(admin.admits("Bearer topmost")).isTrue();
        assertThat(settings.toString())
                .doesNotContain("60303ae")
                .doesNotContain("secret")
                .doesNotContain("topmost");
        assertThat(settings)
                .isEqualTo(new HttpSettings(
                        "127.0.0.1",
                        1,
                        2,
                        3000,
                        Duration.ofMillis(400),
                        512,
                        Duration.ofSeconds(5),
                        6,
                        7,
                        8,
                        key,
                        List.of(new NamedKey(
                                "ann",
                                "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
                                OptionalDouble.empty(),
                                OptionalDouble.empty())),
                        admin,
                        List.of("https://a", "https://b"),
                        Duration.ofMillis(9),
                        Duration.ofMillis(10),
                        12,
                        11,
                        new DecodingSettings("none", "none", true, 13, 14L << 20),
                        new IngestSettings(
                                Path.of("/i"),
                                null,
                                true,
                                "d",
                                "f",
                                "e",
                                "n",
                                0.5,
                                0.6,
                                new OcrSettings("x", "y", "z", 0.4),
                                true,
                                false,
                                14,
                                15_000,
                                16)));
    }

    @Test
    void mistakes_areNamedTogether() {
        SettingsReader reader = reader("""
                        http: {port: 70000, max-texts: 0, request-timeout-ms: 900000, max-request-timeout-ms: 800000}
                        images: {jpeg-library: /nowhere/libturbojpeg.so.0}
                        """, Map.of());
        HttpSettings.read(reader.root(), 2);
        assertThatThrownBy(reader::finish)
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("http.port = 70000")
                .hasMessageContaining("images.jpeg-library = /nowhere/libturbojpeg.so.0")
                .hasMessageContaining("http.max-texts = 0")
                .hasMessageContaining("http.request-timeout-ms = 900000");
    }
}
