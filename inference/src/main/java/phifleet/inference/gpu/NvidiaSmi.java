package phifleet.inference.gpu;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The driver's own command. A machine without it has no GPU that we could use, so its absence is no error. */
public final class NvidiaSmi {
    private static final String FIELDS =
            "name,uuid,memory.total,memory.used,utilization.gpu,temperature.gpu,power.draw";
    private static final List<String> COMMAND =
            List.of("nvidia-smi", "--query-gpu=" + FIELDS, "--format=csv,noheader,nounits");
    private static final int COLUMNS = FIELDS.split(",", -1).length;
    private static final long MIB = 1L << 20;

    private final List<String> command;
    private final Duration timeout;

    public NvidiaSmi() {
        // It takes some 50 ms, and seconds when the driver is not kept loaded.
        this(COMMAND, Duration.ofSeconds(10));
    }

    NvidiaSmi(List<String> command, Duration timeout) {
        this.command = List.copyOf(command);
        this.timeout = timeout;
    }

    /** Runs the command and waits for it. Empty if it is absent, fails, hangs, or finds no GPU. */
    public List<GpuReading> read() {
        @Nullable Process process = null;
        try {
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS) || process.exitValue() != 0) {
                return List.of();
            }
            // A line a GPU: always less than a pipe holds, so that the process never waits for us.
            return parse(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        } finally {
            if (process != null) {
                process.destroyForcibly();
            }
        }
    }

    /** Reads what the command printed. Lines of another form, such as messages of the driver, are left out. */
    static List<GpuReading> parse(String output) {
        List<GpuReading> readings = new ArrayList<>();
        for (String line : output.split("\n", -1)) {
            String[] columns = line.strip().split("\\s*,\\s*", -1);
            if (columns.length == COLUMNS && columns[1].startsWith("GPU-")) {
                readings.add(new GpuReading(
                        columns[0],
                        columns[1],
                        bytes(columns[2]),
                        bytes(columns[3]),
                        number(columns[4]),
                        number(columns[5]),
                        number(columns[6])));
            }
        }
        return readings;
    }

    private static @Nullable Long bytes(String mebibytes) {
        Double value = number(mebibytes);
        return value == null ? null : Math.round(value * MIB);
    }

    /** Null for {@code [N/A]}, {@code [Not Supported]} and the like. */
    private static @Nullable Double number(String text) {
        try {
            return Double.valueOf(text);
        } catch (NumberFormatException unknown) {
            return null;
        }
    }
}
