package phifleet.benchmark;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Real processes on this machine, with what can be done to them. Whatever it started it ends. */
public final class Processes implements AutoCloseable {
    private final Path logs;
    private final List<Started> started = new ArrayList<>();

    /**
     * A process that serves HTTP.
     *
     * @param name of its log file
     */
    public record Started(String name, int port, Process process) {
        public URI url() {
            return URI.create("http://127.0.0.1:" + port);
        }

        void signal(String signal) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid()))
                    .inheritIO()
                    .start()
                    .waitFor();
        }
    }

    /**
     * Prepares.
     *
     * @param logs the folder that gets a file a process
     */
    public Processes(Path logs) throws IOException {
        this.logs = Files.createDirectories(logs);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end processes"));
    }

    public Started start(String name, int port, List<String> command, Map<String, String> environment)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(logs.resolve(name + ".log").toFile()));
        Started process = new Started(name, port, builder.start());
        synchronized (started) {
            started.add(process);
        }
        return process;
    }

    /** A port that nobody listens on just now. */
    public static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        synchronized (started) {
            // NGINX ends its children only when it is asked to.
            started.forEach(one -> one.process().destroy());
            for (Started one : started) {
                // One that is stopped cannot hear that it is to end.
                try {
                    if (!one.process().waitFor(3, TimeUnit.SECONDS)) {
                        one.process().destroyForcibly();
                    }
                } catch (InterruptedException e) {
                    one.process().destroyForcibly();
                    Thread.currentThread().interrupt();
                }
            }
        }
    }
}
