package phifleet.worker.bench.gpu;

import java.nio.file.Path;
import java.util.List;

/** This JVM once more. */
final class Java {
    private Java() {}

    /** Its command, up to where options of the new one and a main class follow. */
    static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-cp",
                System.getProperty("java.class.path"));
    }
}
