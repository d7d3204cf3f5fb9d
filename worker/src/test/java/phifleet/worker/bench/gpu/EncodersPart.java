package phifleet.worker.bench.gpu;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import phifleet.inference.engine.Engines;
import phifleet.inference.engine.Specs;
import phifleet.inference.engine.onnx.Forms;
import phifleet.inference.engine.onnx.RandomBert;
import phifleet.inference.gpu.NvidiaSmi;
import phifleet.inference.lane.BatchProbe;
import phifleet.inference.lane.Examples;
import phifleet.inference.lane.ProbedBatches;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Precision;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.worker.bench.gpu.PartMain.Visit;

/** MiniLM and BERT-base's shape, by batch and length: in which form, precision and number of loops they are fastest. */
final class EncodersPart {
    private static final int[][] BATCHES = {{1, 32}, {8, 32}, {64, 32}, {512, 32}, {1, 256}, {16, 256}, {64, 256}};
    private static final int[][] SMALL = {{1, 16}, {4, 16}};

    private EncodersPart() {}

    /** A graph, and what it costs a token. */
    private record Encoder(String name, ModelSpec spec, int layers, int width) {}

    /** One way to run it. */
    private record Way(Precision precision, boolean tf32, boolean rewritten, boolean packed) {
        String form() {
            return rewritten ? packed ? "packed and fused" : "fused" : "as exported";
        }
    }

    static void run(Visit visit) throws Exception {
        Engines engines = visit.engines();
        visit.found().put("threads", 1);
        List<Way> ways = new ArrayList<>();
        for (String precision : List.of("fp32", "tf32", "fp16")) {
            Precision weights = precision.equals("fp16") ? Precision.FP16 : Precision.FP32;
            boolean tf32 = precision.equals("tf32");
            ways.add(new Way(weights, tf32, false, false));
            ways.add(new Way(weights, tf32, true, false));
            ways.add(new Way(weights, tf32, true, true));
        }
        for (Encoder encoder : encoders(visit)) {
            for (Way way : ways) {
                visit.step(encoder.name + " " + way, () -> measure(visit, encoder, way));
            }
        }
        visit.step("probe", () -> probe(visit, engines));
        if (visit.found().withArray("pace").isEmpty()) {
            visit.found().put("failure", "no encoder ran");
        }
    }

    private static List<Encoder> encoders(Visit visit) throws Exception {
        int layers = visit.pretend() ? 1 : 12;
        Path folder = Files.createDirectories(visit.out().resolve("bert"));
        Path file = RandomBert.write(folder.resolve("model.onnx"), layers);
        return List.of(
                new Encoder("MiniLM", EmbeddedModel.ALL_MINILM_L6_V2.spec(), 6, 384),
                new Encoder("BERT-base", Specs.onnx(file, 512), layers, 768));
    }

    private static void measure(Visit visit, Encoder encoder, Way way) throws Exception {
        ModelSpec spec = Specs.packing(Specs.with(encoder.spec, visit.device(), way.precision), way.packed);
        try (Model<TokenSequence, Vector> model =
                Forms.load(spec, visit.cache(), visit.provider(way.tf32), way.rewritten)) {
            for (int[] shape : visit.pretend() ? SMALL : BATCHES) {
                List<TokenSequence> batch = Collections.nCopies(shape[0], text(shape[1]));
                for (int loops : new int[] {1, 2}) {
                    double batches = perSecond(model, batch, loops, visit.pretend() ? 0.05 : 0.25);
                    double tokens = batches * shape[0] * shape[1];
                    double teraflops =
                            tokens * RandomBert.operationsPerToken(encoder.layers, encoder.width, shape[1]) / 1e12;
                    ObjectNode row = visit.found()
                            .withArray("pace")
                            .addObject()
                            .put("model", encoder.name)
                            .put("precision", way.tf32 ? "tf32" : way.precision.label())
                            .put("form", way.form())
                            .put("texts", shape[0])
                            .put("tokens each", shape[1])
                            .put("loops", loops)
                            .put("texts/s", batches * shape[0])
                            .put("tokens/s", tokens)
                            .put("TFLOP/s", teraflops);
                    double peak = peak(way.tf32 ? "tf32" : way.precision.label());
                    if (peak > 0) {
                        row.put("share of peak", teraflops / peak);
                    }
                }
            }
        }
    }

    /** Batches a second, of threads that each run one after another. */
    private static double perSecond(
            Model<TokenSequence, Vector> model, List<TokenSequence> batch, int loops, double seconds) throws Exception {
        model.run(batch);
        model.run(batch);
        long start = System.nanoTime();
        long end = start + (long) (seconds * 1e9);
        int[] counts = new int[loops];
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < loops; i++) {
            int loop = i;
            threads.add(Thread.ofPlatform().start(() -> {
                try {
                    do {
                        model.run(batch);
                        counts[loop]++;
                    } while (System.nanoTime() < end);
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        int total = 0;
        for (int i = 0; i < loops; i++) {
            threads.get(i).join();
            total += counts[i];
        }
        return total * 1e9 / (System.nanoTime() - start);
    }

    private static void probe(Visit visit, Engines engines) throws Exception {
        ModelSpec spec = Specs.onDevice(EmbeddedModel.ALL_MINILM_L6_V2.spec(), visit.device());
        Engines.LoadedModel loaded = engines.load(spec);
        try (Model<TokenSequence, Vector> model = loaded.model()) {
            ProbedBatches probed = BatchProbe.run(
                    model,
                    Examples.ofTexts(EncodersPart::text),
                    loaded.padded(),
                    visit.pretend() ? 128 : 65_536,
                    512,
                    System::nanoTime);
            visit.found().put("probe", probed.toString());
        }
    }

    private static TokenSequence text(int length) {
        int[] ids = new Random(length).ints(length, 105, 999).toArray();
        return new TokenSequence(ids);
    }

    /** Dense TFLOP/s by the makers' data sheets: fp32 outside of tensor cores, tf32 and fp16 in them; 0 where not known. */
    private static double peak(String precision) {
        Map<String, Map<String, Double>> cards = Map.of(
                "H100", Map.of("fp32", 67.0, "tf32", 494.0, "fp16", 989.0),
                "H200", Map.of("fp32", 67.0, "tf32", 494.0, "fp16", 989.0),
                "A100", Map.of("fp32", 19.5, "tf32", 156.0, "fp16", 312.0),
                "4090", Map.of("fp32", 82.6, "tf32", 82.6, "fp16", 165.2));
        return new NvidiaSmi()
                .read().stream()
                        .findFirst()
                        .flatMap(gpu -> cards.entrySet().stream()
                                .filter(card -> gpu.name().contains(card.getKey()))
                                .findFirst())
                        .map(card -> card.getValue().getOrDefault(precision, 0.0))
                        .orElse(0.0);
    }
}
