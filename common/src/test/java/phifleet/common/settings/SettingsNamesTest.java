package phifleet.common.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Other names for keys, and names that are none. */
class SettingsNamesTest {
    private static SettingsReader reader(String yaml) {
        return SettingsReader.ofYaml("config.yaml", yaml, "PHI_", Map.of("PHI_HTTP_PORT", "7"));
    }

    @Test
    void read_underscores_areDashes() {
        SettingsReader reader = reader("idle_timeout_ms: 5\nmax-texts: 6");
        assertThat(reader.root().integer("idle-timeout-ms", 0, 0, 10)).isEqualTo(5);
        assertThat(reader.root().integer("max-texts", 0, 0, 10)).isEqualTo(6);
        assertThat(reader.finish()).hasSize(1);
    }

    @Test
    void read_wrongValue_isNamedAsItIsWritten() {
        SettingsReader reader = reader("idle_timeout_ms: 50");
        reader.root().integer("idle-timeout-ms", 0, 0, 10);
        assertThatThrownBy(reader::finish).hasMessageContaining("idle_timeout_ms = 50: must be a whole number");
    }

    @Test
    void read_bothSpellings_isAMistake() {
        SettingsReader reader = reader("max_texts: 5\nmax-texts: 6");
        reader.root().integer("max-texts", 0, 0, 10);
        reader.root().integer("max-texts", 0, 0, 10);
        assertThatThrownBy(reader::finish)
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.mistakes())
                                .containsExactly("max_texts: is another name for max-texts, which is there too"));
    }

    @Test
    void read_aliasOfASection_hasItsVariables() {
        SettingsReader reader = reader("server: {port: 1, host: h, prt: 3}");
        reader.root().alias("server", "http");
        SettingsSection http = reader.root().section("http");
        assertThat(http.text("host", "")).isEqualTo("h");
        assertThat(http.integer("port", 0, 0, 10)).isEqualTo(7);
        assertThatThrownBy(reader::finish)
                .hasMessageContaining("server.prt: no setting has this name, was port meant?; here are host, port");
    }

    @Test
    void finish_keyThatIsNone_namesTheNearest() {
        SettingsReader reader = reader("batchsize: 1\nBatch_Sise: 2\nwholly-other: 3");
        reader.root().integer("batch-size", 0, 0, 10);
        assertThatThrownBy(reader::finish)
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.mistakes())
                                .containsExactly(
                                        "batchsize: no setting has this name, was batch-size meant?; here are batch-size",
                                        "Batch_Sise: no setting has this name, was batch-size meant?; here are batch-size",
                                        "wholly-other: no setting has this name; here are batch-size"));
    }

    @Test
    void know_keysOfOthers_areToldApartFromMisspelledOnes() {
        SettingsReader reader = reader("labels: coco\npre_process: 1");
        reader.root().text("path", "");
        reader.root().know(List.of("path", "labels", "preprocess"), "means nothing here");
        assertThatThrownBy(reader::finish)
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.mistakes())
                                .containsExactly(
                                        "labels: means nothing here",
                                        "pre_process: no setting has this name, was preprocess meant?; here are path"));
    }

    @Test
    void know_withoutAReason_takesThem() {
        SettingsReader reader = reader("batch_size: 1\nlables: 2");
        reader.root().know(List.of("batch-size", "labels"), null);
        assertThatThrownBy(reader::finish)
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.mistakes())
                                .singleElement()
                                .asString()
                                .startsWith("lables: no setting has this name, was labels meant?"));
    }

    @Test
    void leaveAllBut_oneKey_judgesThatAlone() {
        SettingsReader reader = reader("http: {prt: 1}\nmodels: [{id: a, pth: b}]");
        reader.root().leaveAllBut("models");
        assertThat(reader.root().isList("models")).isTrue();
        reader.root().sections("models").getFirst().text("id", "");
        assertThatThrownBy(reader::finish)
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.mistakes())
                                .containsExactly("models[0].pth: no setting has this name; here are id"));
    }
}
