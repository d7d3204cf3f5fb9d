package phifleet.worker.bench.gpu;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import phifleet.inference.engine.Engines;
import phifleet.inference.engine.LoadedModel;
import phifleet.inference.engine.Specs;
import phifleet.inference.engine.onnx.Forms;
import phifleet.inference.engine.onnx.RandomBert;
import phifleet.inference.lane.BatchProbe;
import phifleet.inference.lane.Examples;
import phifleet.inference.lane.KnownBatches;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Precision;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

/** MiniLM and BERT-base's shape, by batch and length: in which form, precision and number of loops they are fastest. */
final class EncodersPart {
    private static final int[][] BATCHES = {{1, 32}, {8, 32}, {64, 32}, {512, 32}, {1, 256}, {16, 256}, {64, 256}};
    private static final int[][] SMALL = {{1, 16}, {8, 16}};

    /** The batch size at which two loops are held against one. */
    private static final int LOOPS_AT = 8;

    private EncodersPart() {}

    /** A graph, and what it costs a token. */
    private record Encoder(String name, ModelSpec spec, int layers, int width) {}

    /** One way to run it. */
    private record Way(String precision, boolean rewritten, boolean packed) {
        String form() {
            return rewritten ? packed ? "packed and fused" : "fused" : "as exported";
        }

        boolean tf32() {
            return precision.equals("tf32");
        }

        /** What its weights are. */
        Precision weights() {
            return precision.equals("fp16") ? Precision.FP16 : Precision.FP32;
        }
    }

    static void run(Visit visit) throws Exception {
        Engines engines = visit.engines();
        Map<String, Double> peaks = Cards.peaks();
        for (Encoder encoder : encoders(visit)) {
            for (String precision : List.of("fp32", "fp16", "tf32")) {
                for (Way way : List.of(
                        new Way(precision, false, false),
                        new Way(precision, true, false),
                        new Way(precision, true, true))) {
                    visit.step(
                            String.join(" ", encoder.name, precision, way.form()),
                            () -> measure(visit, encoder, way, peaks.getOrDefault(precision, 0.0)));
                }
            }
        }
        visit.step("probe", () -> probe(visit, engines));
    }

    private static List<Encoder> encoders(Visit visit) throws Exception {
        int layers = visit.pretend() ? 1 : 12;
        Path folder = Files.createDirectories(visit.out().resolve("bert"));
        Path file = RandomBert.write(folder.resolve("model.onnx"), layers);
        return List.of(
                new Encoder("MiniLM", EmbeddedModel.ALL_MINILM_L6_V2.spec(), 6, 384),
                new Encoder("BERT-base", Specs.onnx(file, 512), layers, 768));
    }

    private static void measure(Visit visit, Encoder encoder, Way way, double peak) throws Exception {
        if (visit.pretend() && way.tf32()) {
            throw new Visit.NotHere("a CPU has no tf32");
        }
        ModelSpec spec = Specs.packing(Specs.with(encoder.spec, visit.device(), way.weights()), way.packed);
        try (Model<TokenSequence, Vector> model =
                Forms.load(spec, visit.cache(), visit.provider(way.tf32()), way.rewritten)) {
            for (int[] shape : visit.pretend() ? SMALL : BATCHES) {
                List<TokenSequence> batch = Collections.nCopies(shape[0], text(shape[1]));
                for (int loops = 1; loops <= (shape[0] == LOOPS_AT ? 2 : 1); loops++) {
                    double batches = ModelThroughput.perSecond(model, batch, loops, visit.pretend() ? 0.02 : 0.25);
                    double tokens = batches * shape[0] * shape[1];
                    double teraflops =
                            tokens * RandomBert.operationsPerToken(encoder.layers, encoder.width, shape[1]) / 1e12;
                    ObjectNode row = visit.found()
                            .withArray("pace")
                            .addObject()
                            .put("model", encoder.name)
                            .put("precision", way.precision)
                            .put("form", way.form())
                            .put("texts", shape[0])
                            .put("tokens each", shape[1])
                            .put("loops", loops)
                            .put("texts/s", batches * shape[0])
                            .put("tokens/s", tokens)
                            .put("TFLOP/s", teraflops);
                    if (peak > 0) {
                        row.put("share of peak", teraflops / peak);
                    }
                }
            }
        }
    }

    private static void probe(Visit visit, Engines engines) throws Exception {
        ModelSpec spec = Specs.onDevice(EmbeddedModel.ALL_MINILM_L6_V2.spec(), visit.device());
        LoadedModel loaded = engines.load(spec);
        try (Model<TokenSequence, Vector> model = loaded.model()) {
            KnownBatches probed = BatchProbe.run(
                    model,
                    Examples.ofTexts(EncodersPart::text),
                    loaded.padding(),
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
}
