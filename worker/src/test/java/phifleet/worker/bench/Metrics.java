package phifleet.worker.bench;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** Reads a worker's /metrics. */
final class Metrics {
    private Metrics() {}

    static List<String> lines(URI worker) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(worker.resolve("/metrics")).build(), BodyHandlers.ofString())
                    .body()
                    .lines()
                    .toList();
        }
    }

    static double value(String line) {
        return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
    }
}
