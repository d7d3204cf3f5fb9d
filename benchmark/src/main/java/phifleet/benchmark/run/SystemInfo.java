package phifleet.benchmark.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The machine.
 *
 * @param cpu its name, as it says itself
 */
record SystemInfo(String cpu, int cores, double memoryGb) {
    static SystemInfo read() {
        return new SystemInfo(
                value("/proc/cpuinfo", "model name", System.getProperty("os.arch")),
                Runtime.getRuntime().availableProcessors(),
                Math.round(Long.parseLong(
                                        value("/proc/meminfo", "MemTotal", "0").replaceAll("[^0-9]", ""))
                                / 104857.6)
                        / 10.0);
    }

    private static String value(String file, String key, String usual) {
        try {
            return Files.readAllLines(Path.of(file)).stream()
                    .filter(line -> line.startsWith(key))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(usual);
        } catch (IOException e) {
            return usual;
        }
    }
}
