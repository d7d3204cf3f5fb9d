package phifleet.inference.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import phifleet.inference.engine.onnx.TinyEncoder;
import phifleet.inference.testing.Workbench;

/** The code of inference/README.md is what {@link ReadmeExample} is, and works. */
class ReadmeTest {
    private static final Path EXAMPLE = Path.of("src/test/java/phifleet/inference/local/ReadmeExample.java");
    private static final String IMPORTS = """
            import phifleet.inference.local.LocalEncoder;
            import phifleet.inference.local.LocalModels;
            """;

    @Test
    void readme_showsTheExampleWordForWord() throws IOException {
        String source = Files.readString(EXAMPLE);
        String code = source.substring(source.indexOf("import java.nio.file.Files;"))
                .replace("import phifleet.inference.model", IMPORTS + "import phifleet.inference.model");
        assertThat(Files.readString(Path.of("README.md"))).contains("```java\n" + code + "```\n");
    }

    @Test
    void example_withAFolder_printsItsTextsLikeness(@TempDir Path folder) throws Exception {
        // It knows one word of them: the means of their ids are 1.75 and 2.125, beside a 1.
        assertThat(printed(TinyEncoder.write(folder).toString())).isEqualTo(0.9969, within(1e-4));
    }

    @Test
    void example_withAName_printsItsTextsLikeness() throws Exception {
        assertThat(printed("all-minilm-l6-v2")).isBetween(0.5, 0.95);
    }

    private static double printed(String model) throws Exception {
        PrintStream before = System.out;
        String home = System.getProperty("user.home");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setProperty("user.home", Workbench.cache().toString());
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            ReadmeExample.main(new String[] {model});
        } finally {
            System.setOut(before);
            System.setProperty("user.home", home);
        }
        return Double.parseDouble(
                out.toString(StandardCharsets.UTF_8).lines().toList().getLast());
    }
}
