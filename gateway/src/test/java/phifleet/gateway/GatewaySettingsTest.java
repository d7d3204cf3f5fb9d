package phifleet.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import phifleet.common.settings.SettingsException;
import phifleet.common.settings.SettingsReader;
import phifleet.gateway.balance.DirectorySettings;
import phifleet.gateway.balance.EjectionRule;
import phifleet.gateway.demand.DemandSettings;
import phifleet.gateway.http.metrics.Links;
import phifleet.gateway.http.proxy.ProxySettings;
import phifleet.http.caller.NamedKey;
import phifleet.membership.Discovery;

class GatewaySettingsTest {
    private static GatewaySettings read(String yaml) {
        SettingsReader reader = SettingsReader.ofYaml("test.yaml", yaml, "PHI_", Map.of());
        GatewaySettings settings = GatewaySettings.read(reader);
        reader.finish();
        return settings;
    }

    @Test
    void read_nothingSet_hasTheDefaults() {
        GatewaySettings settings = read("");

        assertThat(settings.server().port()).isEqualTo(8080);
        assertThat(settings.server().apiKey()).isNull();
        assertThat(settings.server().proxy()).isEqualTo(ProxySettings.DEFAULT);
        assertThat(settings.directory()).isEqualTo(DirectorySettings.DEFAULT);
        assertThat(settings.server().demand()).isEqualTo(DemandSettings.DEFAULT);
        assertThat(settings.membership().discovery()).isEqualTo(new Discovery.None());
        assertThat(settings.workers()).isEmpty();
    }

    @Test
    void read_links_areThoseThatAreSet() {
        Links links = read("links: {grafana: 'https://grafana.example.org/d/phi-fleet', page: 'http://fleet:8080/'}")
                .server()
                .links();
        assertThat(links.elsewhere()).containsOnly(Map.entry("grafana", "https://grafana.example.org/d/phi-fleet"));
        assertThat(links.page()).isEqualTo("http://fleet:8080/");
        assertThat(read("").server().links()).isEqualTo(Links.NONE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "javascript:alert(1)",
                "//grafana",
                "grafana:3000",
                "https://me:secret@grafana/",
                "http://a b/",
                "ftp://grafana/"
            })
    void read_linkThatIsNoneForABrowser_isAMistake(String address) {
        SettingsException wrong =
                catchThrowableOfType(SettingsException.class, () -> read("links: {prometheus: '" + address + "'}"));
        assertThat(wrong).hasMessageContaining("links.prometheus").hasMessageContaining("without user and password");
    }

    @Test
    void read_everySetting_isMapped() {
        GatewaySettings settings = read("""
                http: {host: 127.0.0.1, port: 9000, event-loops: 3}
                grpc: {port: 9001}
                api-key: secret
                admin-key: topmost
                api-keys:
                  - {name: ann, sha256: "9F86D081884C7D659A2FEAA0C55AD015A3BF4F1B2B0B822CD15D6C15B0F00A08", requests-per-second: 5, device-seconds-per-minute: 0.5}
                  - {name: bob, sha256: "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752"}
                policy: power-of-two
                drain-timeout-ms: 12000
                warm-up-requests: 7
                workers: ["http://127.0.0.1:8001"]
                retry: {share: 0.1, per-second: 5, attempts: 2}
                proxy:
                  max-body-bytes: 1000
                  buffer-bytes: 100
                  hold-bytes: 50
                  request-timeout-ms: 2000
                  body-timeout-ms: 3000
                  wait-for-worker-ms: 4000
                  connect-timeout-ms: 250
                  keep-alive-ms: 30000
                demand: {min: 2, max: 9, target: 0.5, clear-in-ms: 3000, down-after-ms: 60000, idle-ms: 90000, wake-ms: 5000}
                fleet: {expected-workers: 8}
                directory:
                  max-in-flight: 64
                  dead-after-ms: 5000
                  keep-last-ms: 20000
                  show-gone-ms: 10000
                  ejection: {failures-in-a-row: 3, first-time-ms: 500, longest-ms: 9000, most-share: 0.3}
                """);

        assertThat(settings.server().host()).isEqualTo("127.0.0.1");
        assertThat(settings.server().port()).isEqualTo(9000);
        assertThat(settings.server().grpcPort()).isEqualTo(9001);
        assertThat(settings.server().eventLoops()).isEqualTo(3);
        assertThat(settings.server().apiKey()).isEqualTo("secret");
        assertThat(settings.server().edge().keys())
                .containsExactly(
                        new NamedKey(
                                "ann",
                                "9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08",
                                OptionalDouble.of(5),
                                OptionalDouble.of(0.5)),
                        new NamedKey(
                                "bob",
                                "60303ae22b998861bce3b28f33eec1be758a213c86c93c076dbe9f558c11c752",
                                OptionalDouble.empty(),
                                OptionalDouble.empty()));
        assertThat(Objects.requireNonNull(settings.server().edge().adminKey()).admits("Bearer topmost"))
                .isTrue();
        assertThat(settings.server().edge().maxBodyBytes()).isEqualTo(1000);
        assertThat(settings.server().edge().requestTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(settings.server().edge().bodyTimeout()).isEqualTo(Duration.ofSeconds(3));
        assertThat(settings.server().retryShare()).isEqualTo(0.1);
        assertThat(settings.server().retriesPerSecond()).isEqualTo(5);
        assertThat(settings.server().proxy())
                .isEqualTo(new ProxySettings(
                        100, 50, Duration.ofSeconds(4), Duration.ofMillis(250), Duration.ofSeconds(30), 2));
        assertThat(settings.server().demand())
                .isEqualTo(new DemandSettings(
                        2,
                        9,
                        0.5,
                        Duration.ofSeconds(3),
                        Duration.ofSeconds(60),
                        Duration.ofSeconds(90),
                        Duration.ofSeconds(5)));
        assertThat(settings.directory())
                .isEqualTo(new DirectorySettings(
                        new EjectionRule(3, Duration.ofMillis(500), Duration.ofSeconds(9), 0.3),
                        64,
                        Duration.ofSeconds(5),
                        Duration.ofSeconds(20),
                        Duration.ofSeconds(10),
                        8));
        assertThat(settings.workers()).hasSize(1);
        assertThat(settings.workers().getFirst().url()).isEqualTo(URI.create("http://127.0.0.1:8001"));
        assertThat(settings.warmUpRequests()).isEqualTo(7);
        assertThat(settings.drain()).isEqualTo(Duration.ofSeconds(12));
    }

    @Test
    void read_severalMistakes_comeTogether() {
        SettingsException mistakes = catchThrowableOfType(
                SettingsException.class,
                () -> read("{http: {port: 70000}, policy: fastest, workers: ['ftp://x'], retry: {share: 2},"
                        + " demand: {min: 9, max: 3, target: 2}}"));

        assertThat(mistakes.mistakes())
                .hasSize(6)
                .anyMatch(line -> line.contains("demand.min") && line.contains("at most max"))
                .anyMatch(line -> line.contains("demand.target"))
                .anyMatch(line -> line.contains("http.port") && line.contains("70000"))
                .anyMatch(line -> line.contains("policy") && line.contains("power-of-two"))
                .anyMatch(line -> line.contains("ftp://x"))
                .anyMatch(line -> line.contains("retry.share"));
    }

    @Test
    void read_keysThatAreNone_areMistakes_thatShowNoKey() {
        SettingsException mistakes = catchThrowableOfType(
                SettingsException.class,
                () -> read("{api-keys: [{name: shared, sha256: the-key-itself}, {name: ann, sha256: abc},"
                        + " {name: ann, sha256: def, requests-per-second: 0}, {name: 'a b', sha256: ''}]}"));

        assertThat(mistakes.mistakes())
                .anyMatch(line -> line.startsWith("api-keys: need api-key"))
                .anyMatch(line -> line.startsWith("api-keys[0].name = shared: must be"))
                .anyMatch(line ->
                        line.equals("api-keys[0].sha256: must be the 64 hexadecimal digits of the key's SHA-256"))
                .anyMatch(line -> line.startsWith("api-keys[2].name = ann: has the name"))
                .anyMatch(line -> line.startsWith("api-keys[2].requests-per-second = 0: must be"))
                .anyMatch(line -> line.startsWith("api-keys[3].name = a b"))
                .anyMatch(line -> line.equals("api-keys[3].sha256: is required"))
                .noneMatch(line -> line.contains("the-key-itself"));
    }

    @Test
    void configGatewayYaml_saysTheDefaults() {
        SettingsReader reader = SettingsReader.of(Path.of("..", "config", "gateway.yaml"), "PHI_", Map.of());
        // The main reads these itself, before there is a log.
        reader.root().text("log-format", "");
        reader.root().text("log-level", "");
        reader.root().flag("access-log", false);
        GatewaySettings settings = GatewaySettings.read(reader);

        assertThat(reader.finish()).isEmpty();
        assertThat(settings.server().proxy()).isEqualTo(ProxySettings.DEFAULT);
        assertThat(settings.server().demand()).isEqualTo(DemandSettings.DEFAULT);
        assertThat(settings.directory()).isEqualTo(DirectorySettings.DEFAULT);
    }
}
