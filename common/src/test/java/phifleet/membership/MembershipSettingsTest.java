package phifleet.membership;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import phifleet.common.settings.SettingsException;
import phifleet.common.settings.SettingsReader;

class MembershipSettingsTest {
    private static MembershipSettings read(String yaml, Map<String, String> environment) {
        SettingsReader reader = SettingsReader.ofYaml("test.yaml", yaml, "PHI_", environment);
        MembershipSettings settings = MembershipSettings.read(
                reader.root().section("membership"), reader.root().section("fleet"));
        reader.finish();
        return settings;
    }

    @Test
    void read_nothingSet_isAlone() {
        assertThat(read("", Map.of())).isEqualTo(MembershipSettings.of("phi-fleet", new Discovery.None()));
    }

    @Test
    void read_everySetting_isMapped() {
        String yaml = """
                membership:
                  cluster: blue
                  discovery: names
                  names: [tasks.worker, tasks.gateway]
                  port: 6000
                  interfaces: [10.77.*.*]
                  heartbeat-timeout-ms: 8000
                  merge-delay-ms: 7000
                  leave-timeout-ms: 900
                """;

        assertThat(read(yaml, Map.of()))
                .isEqualTo(new MembershipSettings(
                        "blue",
                        new Discovery.Names(List.of("tasks.worker", "tasks.gateway")),
                        6000,
                        List.of("10.77.*.*"),
                        Duration.ofSeconds(8),
                        Duration.ofSeconds(7),
                        Duration.ofMillis(900),
                        null));
    }

    @Test
    void read_fromTheEnvironment_wins() {
        assertThat(read(
                                "membership: {discovery: loopback}",
                                Map.of(
                                        "PHI_MEMBERSHIP_DISCOVERY",
                                        "members",
                                        "PHI_MEMBERSHIP_MEMBERS",
                                        "10.0.0.1,h:6000"))
                        .discovery())
                .isEqualTo(new Discovery.Addresses(List.of("10.0.0.1", "h:6000")));
    }

    @Test
    void read_secret_isTakenAndNeverPrinted() {
        assertThat(read("", Map.of("PHI_FLEET_SECRET", "a secret of this test")))
                .satisfies(settings -> assertThat(settings.secret()).isNotNull())
                .satisfies(settings -> assertThat(settings.toString()).doesNotContain("of this test"));
    }

    @Test
    void read_shortSecret_isAMistakeThatDoesNotRepeatIt() {
        SettingsException mistake =
                catchThrowableOfType(SettingsException.class, () -> read("fleet: {secret: hunter2}", Map.of()));

        assertThat(mistake.mistakes())
                .singleElement()
                .asString()
                .contains("fleet.secret")
                .doesNotContain("hunter2");
    }

    @Test
    void read_namesWithoutAName_isAMistake() {
        SettingsException mistake = catchThrowableOfType(
                SettingsException.class, () -> read("membership: {discovery: names, port: 0}", Map.of()));

        assertThat(mistake.mistakes()).hasSize(2).anyMatch(line -> line.contains("membership.names"));
    }

    @Test
    void read_memberWithoutHost_isAMistake() {
        SettingsException mistake = catchThrowableOfType(
                SettingsException.class, () -> read("membership: {discovery: members, members: [':5701']}", Map.of()));

        assertThat(mistake.mistakes()).hasSize(1);
    }
}
