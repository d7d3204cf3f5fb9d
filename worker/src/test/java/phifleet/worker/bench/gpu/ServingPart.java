package phifleet.worker.bench.gpu;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;
import phifleet.inference.gpu.GpuReading;
import phifleet.inference.gpu.NvidiaSmi;
import phifleet.worker.bench.WorkerProcess;

/** A worker as it is deployed: what it tells of the GPU, its pace over HTTP, and what it does in need. */
final class ServingPart {
    private static final int CLIENTS = 64;
    private static final int TEXTS = 8;

    private ServingPart() {}

    static void run(Visit visit) throws Exception {
        visit.step("worker", () -> worker(visit));
        visit.step("hidden GPU", () -> hidden(visit));
        visit.step("two workers", () -> two(visit));
        visit.step("out of memory", () -> outOfMemory(visit));
    }

    private static WorkerProcess start(Visit visit, String name, Map<String, String> more) throws Exception {
        Map<String, String> environment = new HashMap<>();
        if (visit.onnxRuntime() != null) {
            environment.put("PHI_ONNXRUNTIME_LIBRARY", visit.onnxRuntime().toString());
        }
        environment.putAll(more);
        Path log = visit.out().resolve("worker-" + name + ".log");
        return WorkerProcess.start(visit.cache(), log, environment);
    }

    /** Info and metrics beside nvidia-smi's own, HTTP with many clients, memory under mixed load. */
    private static void worker(Visit visit) throws Exception {
        try (WorkerProcess worker = start(visit, "usual", Map.of())) {
            JsonNode info = new JsonMapper().readTree(worker.get("/info"));
            ObjectNode told = visit.found().putObject("told");
            told.put("device", info.findPath("device").asText());
            told.put("/info gpu", info.path("gpu").toString());
            List<GpuReading> readings = new NvidiaSmi().read();
            told.put(
                    "nvidia-smi",
                    readings.isEmpty() ? "none" : readings.getFirst().toString());
            told.put(
                    "/metrics",
                    worker.get("/metrics")
                            .lines()
                            .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("gpu_"))
                            .collect(Collectors.joining("; ")));
            if (!visit.pretend() && !info.findPath("device").asText().startsWith("cuda")) {
                throw new IllegalStateException("it serves on " + info.findPath("device") + ": " + worker.output());
            }
            load(worker, 8, visit.pretend() ? 1 : 3);
            visit.found()
                    .putObject("HTTP")
                    .put("clients", CLIENTS)
                    .put("texts a request", TEXTS)
                    .put("texts/s", load(worker, CLIENTS, visit.pretend() ? 2 : 10));
            long before = worker.residentMegabytes();
            load(worker, 16, visit.pretend() ? 2 : 120);
            visit.found()
                    .putObject("memory")
                    .put("resident MB before", before)
                    .put("resident MB after mixed load", worker.residentMegabytes())
                    .put("GPU MB", used());
        }
    }

    private static void hidden(Visit visit) throws Exception {
        try (WorkerProcess worker = start(visit, "hidden", Map.of("CUDA_VISIBLE_DEVICES", ""))) {
            JsonNode info = new JsonMapper().readTree(worker.get("/info"));
            visit.found()
                    .putObject("GPU hidden")
                    .put("device", info.findPath("device").asText())
                    .put(
                            "said",
                            worker.output()
                                    .lines()
                                    .filter(line -> line.contains("serving on the CPU"))
                                    .findFirst()
                                    .orElse("nothing"))
                    .put("embeds", worker.embed(request(1, 3)));
            if (!info.findPath("device").asText().equals("cpu")) {
                throw new IllegalStateException("it serves on " + info.findPath("device"));
            }
            if (visit.pretend()) {
                throw new Visit.NotHere("it serves on the CPU, but there is no GPU to hide");
            }
        }
    }

    private static void two(Visit visit) throws Exception {
        try (WorkerProcess first = start(visit, "first", Map.of());
                WorkerProcess second = start(visit, "second", Map.of())) {
            int seconds = visit.pretend() ? 1 : 5;
            double alone = load(first, CLIENTS, seconds);
            List<Double> together = Collections.synchronizedList(new ArrayList<>());
            List<Thread> threads = new ArrayList<>();
            for (WorkerProcess worker : List.of(first, second)) {
                threads.add(Thread.ofPlatform().start(() -> {
                    try {
                        together.add(load(worker, CLIENTS, seconds));
                    } catch (Exception e) {
                        System.out.println(e);
                    }
                }));
            }
            for (Thread thread : threads) {
                thread.join();
            }
            visit.found()
                    .putObject("two workers on one device")
                    .put("one alone, texts/s", alone)
                    .put(
                            "both, texts/s",
                            together.stream().mapToDouble(Double::doubleValue).sum())
                    .put("GPU MB", used());
            if (together.size() < 2) {
                throw new IllegalStateException("one of two workers failed under load");
            }
        }
    }

    /** An arena of a few hundred MB and batches as large as a GPU likes them: it must go on serving. */
    private static void outOfMemory(Visit visit) throws Exception {
        Map<String, String> little = Map.of("PHI_GPU_MEMORY_MB", "256", "PHI_GPU_ARENA", "exact");
        try (WorkerProcess worker = start(visit, "little-memory", little)) {
            int large = worker.embed(request(visit.pretend() ? 8 : 512, 200));
            int small = worker.embed(request(1, 3));
            visit.found()
                    .putObject("with 256 MB of the GPU")
                    .put("512 texts of 200 words", large)
                    .put("one text after it", small)
                    .put("alive", worker.isAlive())
                    .put(
                            "said",
                            worker.output()
                                    .lines()
                                    .filter(line -> line.contains("does not fit the device's memory"))
                                    .findFirst()
                                    .orElse("nothing"));
            if (small != 200 || !worker.isAlive()) {
                throw new IllegalStateException("it does not serve after a batch that was too large");
            }
            if (visit.pretend()) {
                throw new Visit.NotHere("it serves with the setting, which bounds a GPU's memory and no CPU's");
            }
        }
    }

    private static long used() {
        return new NvidiaSmi()
                .read().stream()
                        .mapToLong(gpu -> gpu.memoryUsedBytes() == null ? 0 : gpu.memoryUsedBytes() >> 20)
                        .findFirst()
                        .orElse(0);
    }

    /** Texts a second that were answered; any other answer than 200 ends it. */
    private static double load(WorkerProcess worker, int clients, int seconds) throws Exception {
        LongAdder texts = new LongAdder();
        List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
        long start = System.nanoTime();
        long end = start + seconds * 1_000_000_000L;
        List<Thread> threads = new ArrayList<>();
        for (int client = 0; client < clients; client++) {
            String json = request(TEXTS, 3 + client % 30);
            threads.add(Thread.ofVirtual().start(() -> {
                try {
                    while (System.nanoTime() < end && failures.isEmpty()) {
                        int status = worker.embed(json);
                        if (status != 200) {
                            throw new IllegalStateException("status " + status);
                        }
                        texts.add(TEXTS);
                    }
                } catch (Exception e) {
                    failures.add(e);
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }
        if (!failures.isEmpty()) {
            throw new IllegalStateException("under load: " + failures.getFirst());
        }
        return texts.sum() * 1e9 / (System.nanoTime() - start);
    }

    private static String request(int texts, int words) {
        return "{\"texts\":["
                + Collections.nCopies(texts, "\"" + "several words ".repeat(Math.max(1, words / 2)) + "\"").stream()
                        .collect(Collectors.joining(","))
                + "]}";
    }
}
