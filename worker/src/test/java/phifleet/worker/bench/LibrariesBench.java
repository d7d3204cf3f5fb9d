package phifleet.worker.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import phifleet.inference.engine.EngineSettings;
import phifleet.inference.engine.Engines;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Tokenizer;
import phifleet.inference.model.Vector;
import phifleet.inference.text.Embeddings;

/**
 * Texts a second, in lists of 64, of Java's libraries that embed in their own process, with the same weights: each a process of its own, since
 * each brings its ONNX Runtime, and asked turn by turn, so that what disturbs one disturbs the others. Figures are medians of the rounds.
 * Arguments: the cache's folder, rounds, and of each library its name and its command, joined by {@code =}; the first is ours.
 */
public final class LibrariesBench {
    private static final int TEXTS = 512;
    private static final int WARM_UPS = 3;
    private static final double LEAST_COSINE = 0.9999;

    private LibrariesBench() {}

    /**
     * What one turn took.
     *
     * @param cpuSeconds of the processors
     * @param megabytes resident after it
     */
    private record Turn(double seconds, double cpuSeconds, double megabytes) {}

    /** A library in its process. */
    private static final class Contender implements AutoCloseable {
        final String name;
        final List<Turn> turns = new ArrayList<>();
        final String startMillis;
        final Vector first;
        private final Process process;
        private final BufferedReader answers;
        private final Writer orders;

        Contender(String name, String command, Path texts, Path cache) throws IOException {
            this.name = name;
            List<String> words = new ArrayList<>(List.of(command.split(" ", -1)));
            words.add(texts.toString());
            words.add(cache.toString());
            process = new ProcessBuilder(words)
                    .redirectError(ProcessBuilder.Redirect.appendTo(
                            cache.resolve(name + ".log").toFile()))
                    .start();
            answers = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
            orders = process.outputWriter(StandardCharsets.UTF_8);
            String[] ready = answer("ready");
            startMillis = ready[1];
            String[] numbers = ready[2].split(",", -1);
            float[] values = new float[numbers.length];
            for (int i = 0; i < values.length; i++) {
                values[i] = Float.parseFloat(numbers[i]);
            }
            first = new Vector(values);
        }

        Turn turn() throws IOException {
            orders.write("turn\n");
            orders.flush();
            String[] took = answer("turn");
            return new Turn(Double.parseDouble(took[1]), Double.parseDouble(took[2]), Double.parseDouble(took[3]));
        }

        private String[] answer(String kind) throws IOException {
            for (String line = answers.readLine(); line != null; line = answers.readLine()) {
                // Libraries may print lines of their own.
                if (line.startsWith(kind + " ")) {
                    return line.split(" ", -1);
                }
            }
            throw new IOException(name + " ended; its log is beside the cache");
        }

        double median(ToDoubleFunction<Turn> value) {
            double[] sorted = turns.stream().mapToDouble(value).sorted().toArray();
            return sorted[sorted.length / 2];
        }

        @Override
        public void close() {
            process.destroy();
        }
    }

    public static void main(String[] arguments) throws Exception {
        Path cache = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
        int rounds = Integer.parseInt(arguments[1]);
        Path texts = cache.resolve("texts.txt");
        Tokenizer tokenizer = new Engines(EngineSettings.of(cache)).tokenizer(EmbeddedModel.ALL_MINILM_L6_V2.spec());
        List<String> mixed = Texts.mixed(TEXTS, tokenizer, 2026);
        Files.write(texts, mixed);
        System.out.printf(
                Locale.ROOT,
                "%d texts, mean %.1f tokens, in lists of 64; %d cores%n",
                TEXTS,
                mixed.stream()
                        .mapToInt(text -> tokenizer.encode(text, true).length())
                        .average()
                        .orElse(0),
                Runtime.getRuntime().availableProcessors());
        List<Contender> contenders = new ArrayList<>();
        try {
            for (String each : Arrays.asList(arguments).subList(2, arguments.length)) {
                int at = each.indexOf('=');
                contenders.add(new Contender(each.substring(0, at), each.substring(at + 1), texts, cache));
            }
            run(contenders, rounds);
        } finally {
            contenders.forEach(Contender::close);
        }
    }

    private static void run(List<Contender> contenders, int rounds) throws IOException {
        for (int i = 0; i < WARM_UPS; i++) {
            for (Contender each : contenders) {
                each.turn();
            }
        }
        for (int i = 0; i < rounds; i++) {
            for (Contender each : contenders) {
                each.turns.add(each.turn());
            }
        }
        Contender ours = contenders.getFirst();
        for (Contender each : contenders) {
            double cosine = Embeddings.cosine(ours.first, each.first);
            System.out.printf(
                    Locale.ROOT,
                    "%-12s %8.1f texts/s %8.2f CPU-s per 1,000 %6s ms to the first vector %6.0f MB, cosine to ours %.6f%n",
                    each.name,
                    TEXTS / each.median(Turn::seconds),
                    each.median(Turn::cpuSeconds) * 1000 / TEXTS,
                    each.startMillis,
                    each.median(Turn::megabytes),
                    cosine);
            if (!(cosine >= LEAST_COSINE)) {
                throw new IllegalStateException(each.name + " gives other vectors");
            }
        }
        for (Contender each : contenders.subList(1, contenders.size())) {
            double[] pace = new double[rounds];
            double[] cpu = new double[rounds];
            for (int i = 0; i < rounds; i++) {
                pace[i] = each.turns.get(i).seconds() / ours.turns.get(i).seconds();
                cpu[i] = ours.turns.get(i).cpuSeconds() / each.turns.get(i).cpuSeconds();
            }
            Arrays.sort(pace);
            Arrays.sort(cpu);
            System.out.printf(
                    Locale.ROOT,
                    "ours / %-12s %6.2f in texts a second, %5.2f in CPU%n",
                    each.name,
                    pace[rounds / 2],
                    cpu[rounds / 2]);
        }
    }
}
