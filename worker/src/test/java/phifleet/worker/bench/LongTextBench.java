package phifleet.worker.bench;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import phifleet.inference.engine.onnx.RandomFolder;
import phifleet.inference.local.LocalEncoder;
import phifleet.inference.local.LocalModels;
import phifleet.inference.local.LocalSettings;

/**
 * The memory that long texts and large models take, in processes of their own, with random weights: texts of 8,192 tokens through a model
 * of BERT-base's size, and the start of one of 600 million weights. Arguments: the folder for models and caches.
 */
public final class LongTextBench {
    private static final int TOKENS = 8192;
    private static final int TEXTS = 8;
    private static final int LOOPS = 2;
    private static final double MB = 1e6;

    private LongTextBench() {}

    public static void main(String[] arguments) throws Exception {
        Path folder = Files.createDirectories(Path.of(arguments[0])).toAbsolutePath();
        if (arguments.length > 1) {
            measure(arguments[1], folder);
            return;
        }
        if (!Files.exists(folder.resolve("bert/model.safetensors"))) {
            RandomFolder.bertBase(folder.resolve("bert"));
        }
        if (!Files.exists(folder.resolve("qwen/model.safetensors"))) {
            RandomFolder.qwen600M(folder.resolve("qwen"));
        }
        // The first start measures what batches pay, and the next ones know it.
        for (String what : List.of("bert", "one", "eight", "qwen", "qwen")) {
            Process process = Java.process(List.of("-Xmx256m", LongTextBench.class.getName(), folder.toString(), what))
                    .start();
            System.out.write(process.getInputStream().readAllBytes());
            System.out.flush();
            if (process.waitFor() != 0) {
                throw new IllegalStateException(what + " failed");
            }
        }
    }

    private static void measure(String what, Path folder) throws Exception {
        Path model = folder.resolve(what.equals("qwen") ? "qwen" : "bert");
        double weights = Files.size(model.resolve("model.safetensors")) / MB;
        if (what.equals("qwen")) {
            // Into the page cache.
            try (InputStream in = Files.newInputStream(model.resolve("model.safetensors"))) {
                in.transferTo(OutputStream.nullOutputStream());
            }
        }
        long start = System.nanoTime();
        try (LocalModels models = new LocalModels(
                        LocalSettings.usual().withCache(folder.resolve("cache")).withThreads(LOOPS));
                LocalEncoder encoder = models.encoder(model)) {
            encoder.embed("a b c");
            double seconds = (System.nanoTime() - start) / 1e9;
            double before = memory("VmRSS:");
            if (what.equals("qwen")) {
                System.out.printf(
                        Locale.ROOT,
                        "%.0f MB of weights: ready in %.2f s, resident %.2f x the weights%n",
                        weights,
                        seconds,
                        before / weights);
                return;
            }
            if (what.equals("bert")) {
                return;
            }
            resetPeak();
            List<CompletableFuture<?>> answers = new ArrayList<>();
            for (int i = 0; i < (what.equals("one") ? 1 : TEXTS); i++) {
                answers.add(encoder.submit(List.of(text(i)), LocalEncoder.options(null)));
            }
            for (CompletableFuture<?> answer : answers) {
                answer.get();
            }
            double most = memory("VmHWM:");
            System.out.printf(
                    Locale.ROOT,
                    "%d texts of %d tokens, %d loops: %.0f MB at most, %.0f MB beyond the weights, %.0f MB more than before%n",
                    answers.size(),
                    TOKENS,
                    LOOPS,
                    most,
                    most - weights,
                    most - before);
        }
    }

    private static String text(int seed) {
        Random random = new Random(seed);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < TOKENS - 2; i++) {
            text.append((char) ('a' + random.nextInt(6))).append(' ');
        }
        return text.toString();
    }

    /** From now on the most is what there is. */
    private static void resetPeak() throws IOException {
        Files.write(Path.of("/proc/self/clear_refs"), "5".getBytes(StandardCharsets.US_ASCII));
    }

    /** In MB. */
    private static double memory(String what) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(what))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) * 1024 / MB)
                .findFirst()
                .orElse(0);
    }
}
