package phifleet.worker.bench.gpu;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A worker as it is deployed, on a port of its own, until it is closed. */
final class WorkerProcess implements AutoCloseable {
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
    static WorkerProcess start(Path cache, Path log, Map<String, String> environment) throws Exception {
        ProcessBuilder builder =
                Java.process(List.of("-Xmx256m", "phifleet.worker.WorkerMain")).redirectOutput(log.toFile());
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

    String output() throws IOException {
        return Files.readString(log);
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Resident memory, in MB. */
    long residentMegabytes() throws IOException {
        return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }

    String get(String path) throws IOException, InterruptedException {
        return client.send(HttpRequest.newBuilder(address.resolve(path)).build(), HttpResponse.BodyHandlers.ofString())
                .body();
    }

    /** The status of a request for embeddings. */
    int embed(String json) throws IOException, InterruptedException {
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
