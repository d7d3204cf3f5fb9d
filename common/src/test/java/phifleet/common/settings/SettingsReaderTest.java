package phifleet.common.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SettingsReaderTest {
    private enum Colour {
        DARK_RED,
        BLUE
    }

    private static SettingsReader reader(String yaml, Map<String, String> environment) {
        return SettingsReader.ofYaml("test.yaml", yaml, "PHI_", environment);
    }

    static List<List<String>> brokenFiles() {
        return List.of(
                List.of("a: b: c", "line 1, column 5: a colon stands where no key can be"),
                List.of("a: [1, 2", "a comma, or the bracket that closes the list or mapping, was expected"),
                List.of("a: 1\na: 2", "a key stands twice"),
                List.of("a: 'x", "the file ends within a quoted text"),
                List.of("a: @x", "a character was found with which no value begins"),
                List.of("a: \"\\z\"", "a backslash in a text in double quotes"),
                List.of("a:\n\t- b", "a tab was found where only spaces may stand"),
                List.of("a: 1\nb", "a colon and a value were expected after a key"));
    }

    @ParameterizedTest
    @MethodSource("brokenFiles")
    void file_thatIsNoYaml_isRefusedInWordsOfOurs(List<String> file) {
        assertThatThrownBy(() -> reader(file.getFirst(), Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("line ")
                .hasMessageContaining(file.getLast())
                .hasMessageNotContainingAny("Jackson", "REDACTED", "snakeyaml", "expected <");
    }

    @Test
    void values_presentInTheFile_areRead() {
        SettingsReader reader = reader("""
                http: {port: 8000, ratio: 0.5, open: true, name: x, colour: dark-red, origins: [a, b]}
                models: [{id: m, prompts: {query: "q: "}}]
                """, Map.of());
        SettingsSection http = reader.root().section("http");
        assertThat(http.integer("port", 1, 0, 65_535)).isEqualTo(8000);
        assertThat(http.decimal("ratio", 0, 0, 1)).isEqualTo(0.5);
        assertThat(http.flag("open", false)).isTrue();
        assertThat(http.text("name", "")).isEqualTo("x");
        assertThat(http.choice("colour", Colour.BLUE, Colour.class)).isEqualTo(Colour.DARK_RED);
        assertThat(http.list("origins", List.of())).containsExactly("a", "b");
        SettingsSection model = reader.root().sections("models").getFirst();
        assertThat(model.requiredText("id")).isEqualTo("m");
        assertThat(model.texts("prompts")).containsExactly(Map.entry("query", "q: "));
        assertThatCode(reader::finish).doesNotThrowAnyException();
    }

    @Test
    void values_absent_areTheDefaults() {
        SettingsReader reader = reader("", Map.of());
        assertThat(reader.root().section("http").integer("port", 7, 0, 9)).isEqualTo(7);
        assertThat(reader.root().optionalText("key")).isNull();
        assertThatCode(reader::finish).doesNotThrowAnyException();
    }

    @Test
    void environment_namesTheKey_winsOverTheFile() {
        SettingsReader reader = reader("http: {port: 1}", Map.of("PHI_HTTP_PORT", "2", "PATH", "/bin"));
        assertThat(reader.root().section("http").integer("port", 0, 0, 9)).isEqualTo(2);
        SettingsReader unset = reader("http: {port: 1}", Map.of("PHI_HTTP_PORT", ""));
        assertThat(unset.root().section("http").integer("port", 0, 0, 9)).isEqualTo(1);
        assertThatCode(reader::finish).doesNotThrowAnyException();
    }

    @Test
    void finish_severalMistakes_namesEveryOneWithValueAndBound() {
        SettingsReader reader =
                reader("http: {port: 70000, open: maybe, prot: 1}\nother: 3", Map.of("PHI_HTTP_NAME", "n"));
        SettingsSection http = reader.root().section("http");
        http.integer("port", 1, 0, 65_535);
        http.flag("open", true);
        http.text("name", "");
        assertThatThrownBy(reader::finish)
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.mistakes())
                                .hasSize(4)
                                .anyMatch(line ->
                                        line.startsWith("http.port = 70000: must be a whole number from 0 to 65535"))
                                .anyMatch(line -> line.startsWith("http.open = maybe: must be true or false"))
                                .anyMatch(line -> line.startsWith("http.prot: no setting has this name"))
                                .anyMatch(line -> line.startsWith("other: no setting has this name")));
    }

    @Test
    void finish_nameAndValueOfManyLines_areShownShortOnOne() {
        SettingsReader reader =
                reader("? |\n  first\n  second" + "x".repeat(4_000) + "\n: 1\nport: " + "7".repeat(4_000), Map.of());
        reader.root().integer("port", 1, 0, 65_535);
        assertThatThrownBy(reader::finish)
                .isInstanceOfSatisfying(
                        SettingsException.class,
                        e -> assertThat(e.mistakes())
                                .hasSize(2)
                                .anyMatch(line -> line.startsWith("first second"))
                                .anyMatch(line -> line.startsWith("port = 777"))
                                .allMatch(line ->
                                        line.length() < 300 && line.lines().count() == 1));
    }

    @Test
    void finish_unknownVariable_isAWarning() {
        SettingsReader reader = reader("", Map.of("PHI_HTTP_PORT", "9", "PHI_HTPP_PORT", "9"));
        reader.root().section("http").integer("port", 1, 0, 65_535);
        assertThat(reader.finish()).singleElement().asString().startsWith("PHI_HTPP_PORT");
    }

    @Test
    void of_noYaml_saysTheLine() {
        assertThatThrownBy(() -> reader("a: [1\nb: }", Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("not YAML");
    }

    @Test
    void of_missingFile_saysSo() {
        assertThatThrownBy(() -> SettingsReader.of(Path.of("no-such.yaml"), "PHI_", Map.of()))
                .isInstanceOf(SettingsException.class)
                .hasMessageContaining("no-such.yaml");
    }
}
