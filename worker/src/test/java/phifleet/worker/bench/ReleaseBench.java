package phifleet.worker.bench;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import phifleet.inference.engine.EngineSettings;
import phifleet.inference.engine.Engines;
import phifleet.inference.engine.LoadedModel;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Model;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

/**
 * Another release of ONNX Runtime, in a folder, against the one in the jars, on a CPU: a process each, one thread, which take turns
 * batch by batch, so that both see the same machine. What counts is the time of the processor, not of the clock.
 *
 * <p>{@code ReleaseBench CACHE FOLDER [TURNS]}
 */
public final class ReleaseBench {
    private static final int[][] SHAPES = {{1, 16}, {1, 32}, {8, 32}, {4, 128}};
    private static final String USUAL = "-";

    private ReleaseBench() {}

    public static void main(String[] arguments) throws Exception {
        if (arguments[0].equals("--serve")) {
            serve(Path.of(arguments[1]), arguments[2]);
            return;
        }
        int turns = arguments.length > 2 ? Integer.parseInt(arguments[2]) : 40;
        try (Served usual = Served.start(arguments[0], USUAL);
                Served other = Served.start(arguments[0], arguments[1])) {
            System.out.printf(
                    "%s against %s, CPU time a batch, medians of %d turns%n", other.release, usual.release, turns);
            for (EmbeddedModel model : EmbeddedModel.values()) {
                for (int[] shape : SHAPES) {
                    double[] ratios = new double[turns];
                    double[] micros = new double[turns];
                    for (int turn = 0; turn < turns; turn++) {
                        double first = usual.micros(model, shape);
                        ratios[turn] = other.micros(model, shape) / first;
                        micros[turn] = first;
                    }
                    Arrays.sort(ratios);
                    Arrays.sort(micros);
                    System.out.printf(
                            Locale.ROOT,
                            "%-22s %3d x %3d %9.0f µs, ratio %.3f (%.3f to %.3f in the middle half)%n",
                            model.spec().id(),
                            shape[0],
                            shape[1],
                            micros[turns / 2],
                            ratios[turns / 2],
                            ratios[turns / 4],
                            ratios[turns * 3 / 4]);
                }
            }
        }
    }

    /** Answers each line, a model and a shape, with the microseconds that one batch took. */
    private static void serve(Path cache, String folder) throws Exception {
        Engines engines = new Engines(new EngineSettings(
                cache,
                folder.equals(USUAL) ? null : Path.of(folder),
                EngineSettings.Gpu.USUAL,
                EngineSettings.AloneThreads.ONE));
        Map<EmbeddedModel, Model<TokenSequence, Vector>> models = new EnumMap<>(EmbeddedModel.class);
        String release = "";
        for (EmbeddedModel model : EmbeddedModel.values()) {
            LoadedModel loaded = engines.load(model.spec());
            models.put(model, loaded.model());
            release = loaded.version();
        }
        System.out.println(release);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] parts = line.split(" ", 3);
            int[] ids =
                    new Random(1).ints(Integer.parseInt(parts[2]), 1000, 20_000).toArray();
            List<TokenSequence> batch = Collections.nCopies(Integer.parseInt(parts[1]), new TokenSequence(ids));
            Model<TokenSequence, Vector> model = Objects.requireNonNull(models.get(EmbeddedModel.valueOf(parts[0])));
            model.run(batch);
            long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
            model.run(batch);
            model.run(batch);
            System.out.println((ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start) / 2_000.0);
        }
        Runtime.getRuntime().halt(0);
    }

    /** A process with one release. */
    private record Served(Process process, BufferedReader out, BufferedWriter in, String release)
            implements AutoCloseable {
        static Served start(String cache, String folder) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx512m",
                            "-XX:+UseSerialGC",
                            "--enable-native-access=ALL-UNNAMED",
                            ReleaseBench.class.getName(),
                            "--serve",
                            cache,
                            folder)
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            // Not as an option: ONNX Runtime 1.29.0 does not bear a long command line.
            builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
            Process process = builder.start();
            BufferedReader out = process.inputReader();
            String release = out.readLine();
            if (release == null) {
                process.onExit().join();
                throw new IOException("the process for " + folder + " ended with " + process.exitValue());
            }
            return new Served(process, out, process.outputWriter(), release);
        }

        double micros(EmbeddedModel model, int[] shape) throws IOException {
            in.write(model.name() + " " + shape[0] + " " + shape[1] + "\n");
            in.flush();
            return Double.parseDouble(out.readLine());
        }

        @Override
        public void close() {
            process.destroy();
        }
    }
}
