package phifleet.inference.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NvidiaSmiTest {
    private static final String H100 =
            "NVIDIA H100 80GB HBM3, GPU-3f1c8f3a-96cf-0d58-e4b5-1d5c3a1c2d10, 81559, 1234, 37, 41, 118.52\n";

    @Test
    void parse_oneGpu_readsEveryColumnInItsUnit() {
        assertThat(NvidiaSmi.parse(H100))
                .containsExactly(new GpuReading(
                        "NVIDIA H100 80GB HBM3",
                        "GPU-3f1c8f3a-96cf-0d58-e4b5-1d5c3a1c2d10",
                        81559L << 20,
                        1234L << 20,
                        37.0,
                        41.0,
                        118.52));
    }

    @Test
    void parse_columnsNotAvailable_areNull() {
        assertThat(NvidiaSmi.parse("GRID A100-10C, GPU-1, 10240, 0, [N/A], [Not Supported], [Unknown Error]\r\n"))
                .containsExactly(new GpuReading("GRID A100-10C", "GPU-1", 10240L << 20, 0L, null, null, null));
    }

    @Test
    void parse_twoGpus_keepsTheirOrder() {
        assertThat(NvidiaSmi.parse(H100 + "NVIDIA T4, GPU-2, 15360, 3, 0, 30, 9.1\n"))
                .extracting(GpuReading::name)
                .containsExactly("NVIDIA H100 80GB HBM3", "NVIDIA T4");
    }

    @Test
    void parse_messagesOfTheDriver_areLeftOut() {
        assertThat(NvidiaSmi.parse("Failed to initialize NVML: Driver/library version mismatch\n"))
                .isEmpty();
        assertThat(NvidiaSmi.parse("")).isEmpty();
    }

    @Test
    void read_commandAbsent_isEmpty() {
        assertThat(new NvidiaSmi(List.of("no-such-command-anywhere"), Duration.ofSeconds(1)).read())
                .isEmpty();
    }

    @Test
    void read_commandFails_isEmpty() {
        assertThat(new NvidiaSmi(List.of("sh", "-c", "echo 'a, GPU-1, 1, 1, 1, 1, 1'; exit 9"), Duration.ofSeconds(9))
                        .read())
                .isEmpty();
    }

    @Test
    void read_commandHangs_isEmptyAfterTheTimeout() {
        assertThat(new NvidiaSmi(List.of("sleep", "60"), Duration.ofMillis(50)).read())
                .isEmpty();
    }

    @Test
    void read_commandAnswers_isParsed() {
        assertThat(new NvidiaSmi(List.of("echo", "a, GPU-1, 1, 1, 1, 1, 1"), Duration.ofSeconds(9)).read())
                .hasSize(1);
    }

    /** What the command prints, written down by its documented form: this machine has no GPU. */
    @ParameterizedTest
    @CsvSource({
        "rtx-4090.csv, 1, 1187, 98, 398.41",
        "h100.csv, 1, 1234, 37, 118.52",
        "h100-mig.csv, 1, , , 118.52",
        "two-cards.csv, 2, 1187, 98, 398.41",
        "unknown-error.csv, 1, , ,",
        "card-lost.txt, 1, 4, 0, 14.87"
    })
    void read_eachCard_isWhatItPrints(
            String file,
            int cards,
            @Nullable Long usedMebibytes,
            @Nullable Double utilization,
            @Nullable Double watts) {
        List<GpuReading> readings = printing(file, 0).read();
        assertThat(readings).hasSize(cards);
        GpuReading first = readings.getFirst();
        assertThat(first.memoryTotalBytes()).isNotNull();
        assertThat(first.memoryUsedBytes()).isEqualTo(usedMebibytes == null ? null : usedMebibytes << 20);
        assertThat(first.utilizationPercent()).isEqualTo(utilization);
        assertThat(first.powerWatts()).isEqualTo(watts);
    }

    @ParameterizedTest
    @CsvSource({"driver-mismatch.txt, 18", "no-devices.txt, 6", "no-driver.txt, 9"})
    void read_errorsOfTheDriver_areNoCard(String file, int exitCode) {
        assertThat(printing(file, exitCode).read()).isEmpty();
        // Some releases print an error and exit with 0.
        assertThat(printing(file, 0).read()).isEmpty();
    }

    /** A command in place of nvidia-smi. */
    private static NvidiaSmi printing(String file, int exitCode) {
        URL resource = Objects.requireNonNull(NvidiaSmiTest.class.getResource("/nvidia-smi/" + file));
        return new NvidiaSmi(
                List.of("sh", "-c", "cat \"$1\"; exit \"$2\"", "sh", resource.getPath(), Integer.toString(exitCode)),
                Duration.ofSeconds(30));
    }
}
