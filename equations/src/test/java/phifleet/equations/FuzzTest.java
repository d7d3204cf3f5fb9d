package phifleet.equations;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.junit.jupiter.api.Test;

class FuzzTest {
    private static final int CASES = 2_000;

    /** Another one each time; {@code scripts/fuzz} tries as many as one likes. */
    @Test
    void validate_anyText_staysWithinTimeStackAndHeap() throws IOException, InterruptedException {
        long seed = new SecureRandom().nextLong();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-Xss512k",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "phifleet.equations.FuzzRun",
                        String.valueOf(CASES),
                        String.valueOf(seed))
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as("seed " + seed + ": " + output).isZero();
        assertThat(output).contains(CASES + " texts");
    }
}
