package phifleet.worker.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** This JVM once more. */
public final class Java {
    private Java() {}

    /**
     * A process to be started, with the class path of this one.
     *
     * @param arguments options of the JVM, a main class and its arguments
     */
    public static ProcessBuilder process(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow"));
        command.addAll(arguments);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        // Not as an option: ONNX Runtime 1.29.0 does not bear a long command line.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder;
    }
}
