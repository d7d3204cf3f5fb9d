package phifleet.benchmark.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IngestFlagsTest {
    @Test
    void parse_ofTheUsualCommand_hasTheDefaults() throws Exception {
        assertThat(IngestFlags.parse(new String[] {"-dir", "x"}, Map.of()))
                .isEqualTo(new IngestFlags(
                        Path.of("x"),
                        URI.create("http://localhost:8080"),
                        16,
                        64,
                        1024,
                        10,
                        1,
                        null,
                        null,
                        null,
                        null,
                        "faces=false&ocr=false&people=false&vehicles=false"));
    }

    @Test
    void parse_takesEqualsSigns_spacesAndTwoDashes() throws Exception {
        IngestFlags options = IngestFlags.parse(
                ("-dir=x -workers 2 --batch=3 -queue 4 -report 5 -faces=true -ocr=false -people=true -port 9 --host h"
                                + " --resume r --json j -failed f --max-failure-rate 0.25")
                        .split(" ", -1),
                Map.of("PHI_API_KEY", "k"));

        assertThat(options)
                .isEqualTo(new IngestFlags(
                        Path.of("x"),
                        URI.create("http://h:9"),
                        2,
                        3,
                        4,
                        5,
                        0.25,
                        Path.of("r"),
                        Path.of("j"),
                        Path.of("f"),
                        "k",
                        "faces=true&ocr=false&people=true&vehicles=false"));
    }

    @ParameterizedTest
    @CsvSource({
        "-dir x, http://fleet:9000, http://fleet:9000",
        "-dir x, '', http://localhost:8080",
        "-dir x -url http://other:1, http://fleet:9000, http://other:1",
        "-dir x -host h, http://fleet:9000, http://h:8080",
        "-dir x -port 9, http://fleet:9000, http://localhost:9"
    })
    void parse_goesWhereTheEnvironmentSays_unlessTheCommandDoes(String command, String usual, String url)
            throws Exception {
        assertThat(IngestFlags.parse(command.split(" ", -1), Map.of("PHI_URL", usual))
                        .url())
                .isEqualTo(URI.create(url));
    }

    @Test
    void parse_ofAWrongUrlOfTheEnvironment_namesIt() {
        assertThatThrownBy(() -> IngestFlags.parse(new String[] {"-dir", "x"}, Map.of("PHI_URL", "fleet")))
                .isInstanceOf(IngestFlags.Mistake.class)
                .hasMessage("PHI_URL must look like http://HOST:PORT, was 'fleet'");
    }

    @ParameterizedTest
    @CsvSource({
        "--json -dir x, -",
        "-dir x --json, -",
        "-dir x -json -, -",
        "-dir x -json run.json, run.json",
        "-dir x -json=run.json, run.json"
    })
    void parse_ofJson_isAFileOrTheOutputAlone(String command, String report) throws Exception {
        assertThat(IngestFlags.parse(command.split(" ", -1), Map.of()).report()).isEqualTo(Path.of(report));
    }

    @ParameterizedTest
    @CsvSource({
        "-workers 4,-dir is needed",
        "-dir x -workers 0,-workers must be a whole number from 1 to 1024",
        "-dir x -colour red,there is no option -colour",
        "-dir x -faces maybe,-faces must be true or false",
        "-dir x -url ftp://a,-url must look like http://HOST:PORT",
        "-dir x -max-failure-rate 2,-max-failure-rate must be a number from 0 to 1",
        "-dir,-dir needs a value",
        "x,is no option"
    })
    void parse_ofAWrongCommand_saysWhatIsWrong(String command, String message) {
        assertThatThrownBy(() -> IngestFlags.parse(command.split(" ", -1), Map.of()))
                .isInstanceOf(IngestFlags.Mistake.class)
                .hasMessageContaining(message);
    }
}
