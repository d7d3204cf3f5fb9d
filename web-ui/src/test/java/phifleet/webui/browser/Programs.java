package phifleet.webui.browser;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Gateways and workers as processes of this machine, in a fleet of their own. Whatever it started it ends. */
final class Programs implements AutoCloseable {
    /** What every program of a test asks operators for. */
    static final String ADMIN_KEY = "operators-key";

    private static final Duration START_TIME = Duration.ofMinutes(2);

    private final Path logs = Path.of(Objects.requireNonNull(System.getProperty("browser.folder")), "logs");
    private final Map<String, String> fleet;
    private final List<Process> started = new ArrayList<>();
    private final HttpClient client = HttpClient.newHttpClient();
    private final @Nullable String apiKey;

    /** A process and where it listens. */
    record Program(String id, int port, Process process) {
        String url() {
            return "http://127.0.0.1:" + port + "/";
        }

        /** As {@code kill -9} does: it gets no chance to say goodbye. */
        void kill() throws InterruptedException {
            process.destroyForcibly().waitFor();
        }

        /** As SIGTERM does: it drains. */
        void stop() {
            process.destroy();
        }
    }

    Programs(@Nullable String apiKey) throws IOException {
        this.apiKey = apiKey;
        this.fleet = Map.of(
                "PHI_MEMBERSHIP_DISCOVERY",
                "loopback",
                "PHI_MEMBERSHIP_CLUSTER",
                "browser-test-" + freePort(),
                "PHI_MEMBERSHIP_PORT",
                Integer.toString(Math.min(freePort(), 65_000)));
        Files.createDirectories(logs);
        Runtime.getRuntime().addShutdownHook(new Thread(this::close, "end programs"));
    }

    Program gateway() throws IOException {
        return gateway(freePort());
    }

    Program gateway(int port) throws IOException {
        return start("gateway", command("gateway"), port, fleet);
    }

    /** With further settings. */
    Program gateway(String id, Map<String, String> settings) throws IOException {
        Map<String, String> more = new HashMap<>(fleet);
        more.putAll(settings);
        return start(id, command("gateway"), freePort(), more);
    }

    Program worker(String id) throws IOException {
        return start(id, command("worker"), freePort(), fleet);
    }

    /** The same with the models of a list. */
    Program worker(String id, Path models) throws IOException {
        return worker(id, models, Map.of());
    }

    /** And with further settings. */
    Program worker(String id, Path models, Map<String, String> settings) throws IOException {
        Map<String, String> more = new HashMap<>(fleet);
        more.put("PHI_MODELS", models.toString());
        more.putAll(settings);
        return start(id, command("worker"), freePort(), more);
    }

    /** A worker that belongs to no fleet. */
    Program loneWorker(String id) throws IOException {
        return start(id, command("worker"), freePort(), Map.of("PHI_MEMBERSHIP_DISCOVERY", "none"));
    }

    /** NGINX before a gateway and workers. */
    Program nginx(Program gateway, Program... workers) throws IOException {
        List<String> command = new ArrayList<>(command("nginx"));
        int port = freePort();
        command.add(Integer.toString(port));
        command.add(logs.resolve("nginx").toString());
        command.add("127.0.0.1:" + gateway.port());
        command.add(String.join(
                ",",
                List.of(workers).stream()
                        .map(worker -> "127.0.0.1:" + worker.port())
                        .toList()));
        return start("nginx", command, port, Map.of());
    }

    /** Waits until a path answers 200 with a text in it. */
    void await(Program program, String path, String text) throws InterruptedException {
        long end = System.nanoTime() + START_TIME.toNanos();
        while (!answer(program, path).contains(text)) {
            if (System.nanoTime() > end || !program.process().isAlive()) {
                throw new AssertionError(
                        program.id() + " did not answer with " + text + " at " + path + ", see " + logs);
            }
            Thread.sleep(50);
        }
    }

    private String answer(Program program, String path) throws InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(program.url() + path)).timeout(Duration.ofSeconds(5));
        if (apiKey != null) {
            request.header("Authorization", "Bearer " + apiKey);
        }
        try {
            HttpResponse<String> response = client.send(request.build(), HttpResponse.BodyHandlers.ofString());
            return response.statusCode() == 200 ? response.body() : "";
        } catch (IOException e) {
            return "";
        }
    }

    private Program start(String id, List<String> command, int port, Map<String, String> more) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command);
        Map<String, String> environment = new HashMap<>(more);
        environment.put("PHI_ID", id);
        environment.put("PHI_HTTP_HOST", "127.0.0.1");
        environment.put("PHI_HTTP_PORT", Integer.toString(port));
        environment.put("PHI_ADMIN_KEY", ADMIN_KEY);
        if (apiKey != null) {
            environment.put("PHI_API_KEY", apiKey);
        }
        builder.environment().putAll(environment);
        builder.redirectErrorStream(true);
        builder.redirectOutput(
                ProcessBuilder.Redirect.appendTo(logs.resolve(id + ".log").toFile()));
        Process process = builder.start();
        synchronized (started) {
            started.add(process);
        }
        return new Program(id, port, process);
    }

    private static List<String> command(String program) {
        String command = Objects.requireNonNull(
                System.getProperty("command." + program), "run by scripts/browser-test, which says how programs start");
        return List.of(command.split(" ", -1));
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Override
    public void close() {
        synchronized (started) {
            started.forEach(Process::destroy);
            for (Process process : started) {
                try {
                    if (!process.waitFor(5, TimeUnit.SECONDS)) {
                        process.destroyForcibly();
                    }
                } catch (InterruptedException e) {
                    process.destroyForcibly();
                    Thread.currentThread().interrupt();
                }
            }
            started.clear();
        }
    }
}
