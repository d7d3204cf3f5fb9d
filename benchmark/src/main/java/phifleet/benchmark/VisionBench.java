package phifleet.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import phifleet.benchmark.Processes.Started;

/**
 * Photos classified by a worker and by a FastAPI server of the ordinary kind ({@code benchmark/targets/fastapi-vision}) with the same
 * model, processes all three, turn by turn under the same clients: the server with a process a core and one thread a call, which is
 * its best, and as one process with the engine's own threads, which is what its documentation begins with.
 */
public final class VisionBench {
    private static final int WIDTH = 640;
    private static final int HEIGHT = 480;
    private static final int CLIENTS = 32;
    private static final int REQUESTS = 128;
    private static final int WARM_UPS = 3;
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final double BAR = 1.3;

    private static final String WORKER = "worker";
    private static final String MANY = "FastAPI, a process a core";
    private static final String ONE = "FastAPI, one process";

    private final List<byte[]> photos;

    private VisionBench(List<byte[]> photos) {
        this.photos = photos;
    }

    /**
     * Called by {@code scripts/bench predict-fastapi}, which names the commands: ROUNDS FOLDER PHOTOS MODEL. Each command gets its
     * port in {@code PHI_HTTP_PORT}.
     */
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        Path folder = Files.createDirectories(Path.of(args[1]).toAbsolutePath());
        List<byte[]> photos = Photos.jpegs(Path.of(args[2]), WIDTH, HEIGHT);
        Path model = Path.of(args[3]).toAbsolutePath();
        int cores = Runtime.getRuntime().availableProcessors();
        try (Processes processes = new Processes(folder)) {
            Path models = Files.writeString(
                    folder.resolve("models.yaml"),
                    "models: [{id: classifier, path: '" + model
                            + "', task: image-classification, labels: imagenet-1k}]");
            VisionBench bench = new VisionBench(photos);
            Contender worker = bench.start(
                    processes,
                    "worker",
                    "command.worker",
                    "/predict/classifier",
                    Map.of(
                            "PHI_MODELS", models.toString(),
                            "PHI_MEMBERSHIP_DISCOVERY", "none",
                            "PHI_API_KEY", "",
                            // A busy machine must not have it refuse what would take too long.
                            "PHI_BATCHING_QUEUE_MS", "600000"));
            Contender many = bench.start(
                    processes,
                    "fastapi-many",
                    "command.fastapi",
                    "/predict",
                    Map.of("MODEL", model.toString(), "PROCESSES", Integer.toString(cores), "THREADS", "1"));
            Contender one = bench.start(
                    processes,
                    "fastapi-one",
                    "command.fastapi",
                    "/predict",
                    Map.of("MODEL", model.toString(), "PROCESSES", "1", "THREADS", "0"));
            bench.requireSameAnswers(worker, many);
            Turns turns = new Turns()
                    .add(WORKER, () -> bench.load(worker))
                    .add(MANY, () -> bench.load(many))
                    .add(ONE, () -> bench.load(one))
                    .warmUp(WARM_UPS)
                    .run(rounds);
            System.out.printf(
                    Locale.ROOT,
                    "%d photos of %d x %d, %d clients, %d cores, %d rounds%n",
                    photos.size(),
                    WIDTH,
                    HEIGHT,
                    CLIENTS,
                    cores,
                    rounds);
            turns.paces("photos");
            turns.ratio("worker / " + MANY, WORKER, MANY, BAR);
            turns.ratio("worker / " + ONE, WORKER, ONE, BAR);
        }
    }

    private record Contender(Started process, String path) {}

    private Contender start(
            Processes processes, String name, String command, String path, Map<String, String> environment)
            throws Exception {
        int port = Processes.freePort();
        Map<String, String> all = new HashMap<>(environment);
        all.put("PHI_HTTP_PORT", Integer.toString(port));
        all.put("PHI_HTTP_HOST", "127.0.0.1");
        String words = System.getProperty(command);
        if (words == null) {
            throw new IllegalArgumentException("-D" + command + " is missing");
        }
        Started started = processes.start(name, port, List.of(words.split(" +")), all);
        Contender contender = new Contender(started, path);
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            LoadReport first = new LoadDriver(started.url(), 1, PATIENCE).run(calls(contender), 1);
            if (first.succeeded() == 1) {
                return contender;
            }
            if (!started.process().isAlive() || System.nanoTime() > end) {
                throw new IOException(name + " does not answer; see its log\n" + first.table());
            }
            Thread.sleep(100);
        }
    }

    private Workload calls(Contender contender) {
        return Workload.inTurn(photos.stream()
                .map(photo -> Call.of(
                        "photo",
                        "POST",
                        contender.path,
                        Map.of("Content-Type", "image/jpeg"),
                        photo,
                        AnswerCheck.anything()))
                .toList());
    }

    /** The likeliest class of each photo, and its score. */
    private void requireSameAnswers(Contender one, Contender other) throws Exception {
        JsonMapper json = new JsonMapper();
        for (byte[] photo : photos) {
            JsonNode left = json.readTree(answer(one, photo)).at("/predictions/0");
            JsonNode right = json.readTree(answer(other, photo)).at("/predictions/0");
            if (left.path("index").asInt(-1) != right.path("index").asInt(-2)
                    || Math.abs(left.path("score").asDouble()
                                    - right.path("score").asDouble())
                            > 1e-3) {
                throw new IllegalStateException("the two do not see the same: " + left + ", " + right);
            }
        }
    }

    private static byte[] answer(Contender contender, byte[] photo) throws IOException {
        URI url = contender.process.url();
        Call call = Call.of(
                "photo", "POST", contender.path, Map.of("Content-Type", "image/jpeg"), photo, AnswerCheck.anything());
        try (HttpConnection connection = HttpConnection.open(url, PATIENCE)) {
            return connection.exchange(call.wire()).body();
        }
    }

    private Turns.Measured load(Contender contender) throws InterruptedException {
        double own = own();
        double serving = seconds(contender.process.process());
        LoadReport report = new LoadDriver(contender.process.url(), CLIENTS, PATIENCE).run(calls(contender), REQUESTS);
        if (report.lost() > 0) {
            throw new IllegalStateException("requests were lost:\n" + report.table());
        }
        serving = seconds(contender.process.process()) - serving;
        return new Turns.Measured(report.succeeded(), report.elapsed().toNanos() / 1e9, serving + own() - own, serving);
    }

    private static double own() {
        return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class).getProcessCpuTime() / 1e9;
    }

    /** Processor time of a process and of those that it started. */
    private static double seconds(Process process) {
        return Stream.concat(Stream.of(process.toHandle()), process.toHandle().descendants())
                        .mapToLong(one -> one.info()
                                .totalCpuDuration()
                                .map(Duration::toNanos)
                                .orElse(0L))
                        .sum()
                / 1e9;
    }
}
