package phifleet.worker.bench;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import phifleet.inference.engine.EngineSettings;
import phifleet.inference.engine.Engines;
import phifleet.inference.engine.Specs;
import phifleet.inference.engine.pytorch.MiniLmTorchScript;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Model;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

/**
 * PyTorch against ONNX Runtime with the same weights: shape by shape, turn by turn on one thread; then on a thread a core;
 * then whether PyTorch's memory grows over many calls of many shapes.
 */
public final class EngineBench {
    private static final int[][] SHAPES = {{1, 8}, {1, 16}, {1, 32}, {1, 128}, {4, 32}, {8, 64}, {32, 32}};
    private static final int TURNS = 100;
    private static final long MOST_NANOS = 6_000_000_000L;
    private static final int REPORTS = 5;

    private EngineBench() {}

    public static void main(String[] arguments) throws Exception {
        Path cache = Path.of(arguments[0]);
        Engines engines = new Engines(EngineSettings.of(cache));
        int calls = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 10_000;
        Path archive = arguments.length > 2
                ? Path.of(arguments[2])
                : MiniLmTorchScript.folder(cache).resolve("model.pt");
        try (Model<TokenSequence, Vector> onnx =
                        engines.load(EmbeddedModel.ALL_MINILM_L6_V2.spec()).model();
                Model<TokenSequence, Vector> torch =
                        engines.load(Specs.torchScript(archive, Pooling.MEAN)).model()) {
            shapes(onnx, torch);
            threads(onnx, torch);
            memory(torch, calls);
        }
    }

    private static void shapes(Model<TokenSequence, Vector> onnx, Model<TokenSequence, Vector> torch) throws Exception {
        System.out.println("   shape   ONNX µs  torch µs  torch/ONNX (medians)");
        for (int[] shape : SHAPES) {
            List<TokenSequence> batch = Collections.nCopies(shape[0], text(shape[1], new Random(1)));
            double[] onnxMicros = new double[TURNS];
            double[] torchMicros = new double[TURNS];
            int turns = 0;
            long end = System.nanoTime() + MOST_NANOS;
            while (turns < TURNS && System.nanoTime() < end) {
                onnxMicros[turns] = micros(onnx, batch);
                torchMicros[turns] = micros(torch, batch);
                turns++;
            }
            double onnxMedian = median(onnxMicros, turns);
            double torchMedian = median(torchMicros, turns);
            System.out.printf(
                    Locale.ROOT,
                    "%3d x %3d %9.0f %9.0f %10.2f%n",
                    shape[0],
                    shape[1],
                    onnxMedian,
                    torchMedian,
                    torchMedian / onnxMedian);
        }
    }

    private static void threads(Model<TokenSequence, Vector> onnx, Model<TokenSequence, Vector> torch)
            throws Exception {
        List<TokenSequence> batch = Collections.nCopies(8, text(32, new Random(1)));
        int cores = Runtime.getRuntime().availableProcessors();
        System.out.println("8 x 32, texts a second (and a CPU second) on 1 thread, on " + cores);
        for (Map.Entry<String, Model<TokenSequence, Vector>> engine :
                Map.of("ONNX", onnx, "torch", torch).entrySet()) {
            Throughput alone = pace(engine.getValue(), batch, 1);
            Throughput all = pace(engine.getValue(), batch, cores);
            System.out.printf(
                    Locale.ROOT,
                    "%-6s %6.0f (%4.0f) %6.0f (%4.0f)%n",
                    engine.getKey(),
                    alone.perSecond(),
                    alone.perCpuSecond(),
                    all.perSecond(),
                    all.perCpuSecond());
        }
    }

    private static void memory(Model<TokenSequence, Vector> torch, int calls) throws Exception {
        System.out.println("resident MB after calls of 1 to 4 texts of 3 to 66 tokens, in no order");
        Random random = new Random(3);
        for (int report = 0; report <= REPORTS; report++) {
            System.out.printf(Locale.ROOT, "%6d %6d%n", report * calls / REPORTS, residentMegabytes());
            for (int call = 0; report < REPORTS && call < calls / REPORTS; call++) {
                torch.run(Collections.nCopies(1 + random.nextInt(4), text(3 + random.nextInt(64), random)));
            }
        }
    }

    private static Throughput pace(Model<TokenSequence, Vector> model, List<TokenSequence> batch, int threads)
            throws Exception {
        int calls = 100;
        return Throughput.of(threads * calls * batch.size(), () -> {
            List<Thread> running = Collections.nCopies(threads, 0).stream()
                    .map(nothing -> Thread.ofPlatform().start(() -> {
                        try {
                            for (int call = 0; call < calls; call++) {
                                model.run(batch);
                            }
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }))
                    .toList();
            for (Thread thread : running) {
                thread.join();
            }
        });
    }

    private static TokenSequence text(int length, Random random) {
        int[] ids = random.ints(length, 1000, 30_000).toArray();
        ids[0] = 101;
        ids[length - 1] = 102;
        return new TokenSequence(ids);
    }

    private static long residentMegabytes() throws Exception {
        // Whatever the collector has not come to yet would read as a leak.
        System.gc();
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith("VmRSS:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElseThrow();
    }

    private static double micros(Model<TokenSequence, Vector> model, List<TokenSequence> batch) throws Exception {
        long start = System.nanoTime();
        model.run(batch);
        return (System.nanoTime() - start) / 1e3;
    }

    private static double median(double[] values, int count) {
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[count / 2];
    }
}
