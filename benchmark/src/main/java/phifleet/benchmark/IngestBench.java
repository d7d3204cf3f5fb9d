package phifleet.benchmark;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import phifleet.benchmark.Turns.Measured;

/**
 * Photos put into an index, in turns: by a worker with Lucene's in a folder, by a FastAPI server ({@code benchmark/targets/fastapi-ingest}) as a
 * process a core and as one, and no further than through decoder and both models by a bare loop on all cores. The same clients send the same
 * forms; each turn has photos that were in none before. Beside paces the most memory that each had.
 */
public final class IngestBench {
    private static final int CLIENTS = 8;
    private static final int IMAGES_OF_A_FORM = 16;
    private static final double BAR_BARE = 0.85;
    private static final double BAR_FASTAPI = 1.3;
    private static final double BAR_MEMORY = 0.25;

    /** Of all things found, between who decodes whole pictures and who does not. */
    private static final double MOST_APART = 0.05;

    private static final String WORKER = "worker";
    private static final String BARE = "bare loop of decode and both sessions";
    private static final String MANY = "FastAPI, a process a core";
    private static final String ONE = "FastAPI, one process";

    /** A server, and what it found so far. */
    private record Server(Contender process, MemoryWatch memory, LongAdder found) {}

    private final List<List<Path>> slices;
    private final Map<String, Integer> turns = new HashMap<>();

    private IngestBench(List<List<Path>> slices) {
        this.slices = slices;
    }

    /**
     * Called by {@code scripts/bench ingest}, which names the commands: ROUNDS FOLDER PHOTOS COUNT DETECTOR ENCODER. So many photos are divided among
     * the rounds and the one ahead of them, which is not counted. Each server's command gets its port in {@code PHI_HTTP_PORT}; that of the
     * bare loop gets a line of files for each turn.
     */
    public static void main(String[] args) throws Exception {
        int rounds = Integer.parseInt(args[0]);
        Path folder = Files.createDirectories(Path.of(args[1]).toAbsolutePath());
        Path detector = Path.of(args[4]).toAbsolutePath();
        Path encoder = Path.of(args[5]).toAbsolutePath();
        List<List<Path>> slices = slices(Path.of(args[2]), Integer.parseInt(args[3]), rounds + 1);
        IngestBench bench = new IngestBench(slices);
        try (Processes processes = new Processes(folder);
                BareLoop bare = BareLoop.start(detector, encoder)) {
            Server worker = worker(processes, folder, detector, encoder);
            int cores = Runtime.getRuntime().availableProcessors();
            Server many = fastApi(processes, folder, "many", detector, encoder, cores, 1);
            Server one = fastApi(processes, folder, "one", detector, encoder, 1, 0);
            Turns turns = new Turns()
                    .add(WORKER, () -> bench.turn(WORKER, worker))
                    .add(BARE, () -> bare.run(bench.next(BARE)))
                    .add(MANY, () -> bench.turn(MANY, many))
                    .add(ONE, () -> bench.turn(ONE, one))
                    .warmUp(1)
                    .run(rounds);
            requireSameThings(worker, many);
            System.out.printf(
                    Locale.ROOT,
                    "%d rounds of %d photos, %d clients with forms of %d, %d cores; %d, %d and %d things found%n",
                    rounds,
                    slices.getFirst().size(),
                    CLIENTS,
                    IMAGES_OF_A_FORM,
                    cores,
                    worker.found().sum(),
                    many.found().sum(),
                    one.found().sum());
            turns.paces("photos");
            turns.ratio("worker / bare loop", WORKER, BARE, BAR_BARE);
            turns.ratio("worker / " + MANY, WORKER, MANY, BAR_FASTAPI);
            turns.ratio("worker / " + ONE, WORKER, ONE, BAR_FASTAPI);
            memory(WORKER, worker, worker);
            memory(MANY, worker, many);
            memory(ONE, worker, one);
        }
    }

    /** As many of the first {@code count} for each turn, in their order; what is left over is left out. */
    static List<List<Path>> slices(Path photos, int count, int turns) throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(photos)) {
            files = all.sorted().limit(count).toList();
        }
        int size = files.size() / turns;
        if (size == 0) {
            throw new IOException(photos + " has " + files.size() + " files, and " + turns + " turns need one each");
        }
        List<List<Path>> slices = new ArrayList<>();
        for (int turn = 0; turn < turns; turn++) {
            slices.add(files.subList(turn * size, (turn + 1) * size));
        }
        return slices;
    }

    /** The photos of a contender's next turn: the same as all others have in theirs. */
    private List<Path> next(String contender) {
        return slices.get(turns.merge(contender, 1, Integer::sum) - 1);
    }

    private Measured turn(String name, Server server) throws IOException, InterruptedException {
        List<Path> files = next(name);
        List<Call> calls = new ArrayList<>();
        for (int from = 0; from < files.size(); from += IMAGES_OF_A_FORM) {
            List<Path> some = files.subList(from, Math.min(files.size(), from + IMAGES_OF_A_FORM));
            calls.add(PhotoForm.call(some, answer -> mismatch(answer, some.size(), server.found())));
        }
        Measured forms = new Contender(server.process().process(), calls).load(CLIENTS, calls.size());
        return new Measured(files.size(), forms.seconds(), forms.cpuSeconds(), forms.servingSeconds());
    }

    private static @Nullable String mismatch(Answer answer, int images, LongAdder found) {
        try {
            JsonNode body = new JsonMapper().readTree(answer.body());
            if (body.at("/indexed/global").asInt() != images) {
                return "of " + images + " images were indexed " + body.at("/indexed/global");
            }
            body.at("/images")
                    .forEach(image -> found.add(image.at("/detections").asInt()));
            return null;
        } catch (IOException e) {
            return "no JSON: " + e.getMessage();
        }
    }

    private static Server worker(Processes processes, Path folder, Path detector, Path encoder)
            throws IOException, InterruptedException {
        Path models = Files.writeString(
                folder.resolve("models.yaml"),
                "models: [{id: detector, path: '" + detector
                        + "', task: detection, labels: coco-80}, {id: encoder, path: '" + encoder
                        + "', task: image-encoding}]");
        Path index = Files.createTempDirectory(folder, "index-");
        return server(Contender.start(
                processes,
                WORKER,
                "command.worker",
                List.of(Call.get("ready", "/health/ready", AnswerCheck.anything())),
                Map.of(
                        "PHI_MODELS", models.toString(),
                        "PHI_INGEST_FOLDER", index.toString(),
                        "PHI_MEMBERSHIP_DISCOVERY", "none",
                        "PHI_API_KEY", "",
                        // A busy machine must not have it refuse what would take too long.
                        "PHI_BATCHING_QUEUE_MS", "600000")));
    }

    private static Server fastApi(
            Processes processes, Path folder, String name, Path detector, Path encoder, int count, int threads)
            throws IOException, InterruptedException {
        Path index = Files.createTempDirectory(folder, "index-");
        return server(Contender.start(
                processes,
                "fastapi-" + name,
                "command.fastapi",
                List.of(Call.get("ready", "/health", AnswerCheck.anything())),
                Map.of(
                        "DETECTOR", detector.toString(),
                        "ENCODER", encoder.toString(),
                        "INDEX", index.resolve("images.db").toString(),
                        "PROCESSES", Integer.toString(count),
                        "THREADS", Integer.toString(threads))));
    }

    private static Server server(Contender process) {
        long pid = process.process().process().pid();
        return new Server(process, new MemoryWatch(() -> ProcessTree.usage(pid)), new LongAdder());
    }

    private static void requireSameThings(Server one, Server other) {
        double ratio = (double) one.found().sum() / other.found().sum();
        if (!(Math.abs(ratio - 1) <= MOST_APART)) {
            throw new IllegalStateException("the two do not see the same: " + one.found() + " and " + other.found()
                    + " things in the same photos");
        }
    }

    private static void memory(String name, Server worker, Server server) {
        System.out.printf(
                Locale.ROOT,
                "%-52s %7d MB at most; the worker's is %.2f of it%s%n",
                name,
                server.memory().mostBytes() >> 20,
                (double) worker.memory().mostBytes() / server.memory().mostBytes(),
                worker.equals(server) ? "" : String.format(Locale.ROOT, "   bar %.2f", BAR_MEMORY));
    }
}
