package phifleet.worker.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A worker as it is deployed, on a port of its own, until it is closed. */
public final class WorkerProcess implements AutoCloseable {
    private static final Pattern READY = Pattern.compile("is ready at http://\\S*:(\\d+)");
    private static final long MOST_START_MILLIS = 240_000;

    private final Process process;
    private final Path log;
    private final HttpClient client = HttpClient.newHttpClient();
    private URI address = URI.create("http://127.0.0.1");

    private WorkerProcess(Process process, Path log) {
        this.process = process;
        this.log = log;
    }

    /** Starts one and waits until it is ready. */
    public static WorkerProcess start(Path cache, Path log, Map<String, String> environment) throws Exception {
        return start(List.of(), cache, log, environment);
    }

    /**
     * The same by another program.
     *
     * @param by a command that what is to be run is added to, such as one that binds it to a core
     */
    public static WorkerProcess start(List<String> by, Path cache, Path log, Map<String, String> environment)
            throws Exception {
        ProcessBuilder builder =
                Java.process(List.of("-Xmx256m", "phifleet.worker.WorkerMain")).redirectOutput(log.toFile());
        builder.command().addAll(0, by);
        builder.environment().put("PHI_CACHE", cache.toString());
        builder.environment().put("PHI_HTTP_HOST", "127.0.0.1");
        builder.environment().put("PHI_HTTP_PORT", "0");
        builder.environment().putAll(environment);
        WorkerProcess worker = new WorkerProcess(builder.start(), log);
        try {
            worker.awaitReady();
            return worker;
        } catch (Exception e) {
            worker.close();
            throw e;
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        long end = System.nanoTime() + MOST_START_MILLIS * 1_000_000;
        while (true) {
            Matcher ready = READY.matcher(output());
            if (ready.find()) {
                address = URI.create("http://127.0.0.1:" + ready.group(1));
                return;
            }
            if (!process.isAlive() || System.nanoTime() > end) {
                throw new IOException("the worker did not get ready: " + output());
            }
            Thread.sleep(20);
        }
    }

    public URI address() {
        return address;
    }

    /** Of its threads whose names begin so: how many they are, and the seconds of processor time that they have had. */
    public record Threads(int count, double cpuSeconds) {}

    /** Looks at its threads. */
    public Threads threads(String prefix) throws IOException {
        int count = 0;
        long ticks = 0;
        try (DirectoryStream<Path> threads =
                Files.newDirectoryStream(Path.of("/proc", Long.toString(process.pid()), "task"))) {
            for (Path thread : threads) {
                // The name stands in parentheses; times are the twelfth and thirteenth field after it, in 1/100 s.
                String stat = Files.readString(thread.resolve("stat"));
                String[] after = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
                if (stat.startsWith(prefix, stat.indexOf('(') + 1)) {
                    count++;
                    ticks += Long.parseLong(after[11]) + Long.parseLong(after[12]);
                }
            }
        }
        return new Threads(count, ticks / 100.0);
    }

    public String output() throws IOException {
        return Files.readString(log);
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    /** Resident memory, in MB. */
    public long residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    public String get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** The status of a request for embeddings. */
    public int embed(String json) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(address.resolve("/embed"))
                                .header("Content-Type", "application/json")
                                .POST(HttpRequest.BodyPublishers.ofString(json))
                                .build(),
                        HttpResponse.BodyHandlers.ofByteArray())
                .statusCode();
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
