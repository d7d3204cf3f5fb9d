package phifleet.worker.bench.gpu;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import phifleet.inference.engine.Engines;
import phifleet.inference.engine.LoadedModel;
import phifleet.inference.engine.Specs;
import phifleet.inference.gpu.GpuReading;
import phifleet.inference.gpu.NvidiaSmi;
import phifleet.inference.model.EmbeddedModel;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Precision;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.inference.text.golden.GoldenCheck;

/** Which CUDA, which cuDNN, found where; and whether known vectors come out. */
final class LoadPart {
    private LoadPart() {}

    static void run(Visit visit) throws Exception {
        for (GpuReading gpu : new NvidiaSmi().read()) {
            visit.found()
                    .withArray("gpus")
                    .addObject()
                    .put("name", gpu.name())
                    .put("memory MB", gpu.memoryTotalBytes() == null ? 0 : gpu.memoryTotalBytes() >> 20);
        }
        Path driver = Path.of("/proc/driver/nvidia/version");
        visit.found()
                .put("driver", Files.exists(driver) ? Files.readAllLines(driver).getFirst() : "none");
        Engines engines = visit.engines();
        GoldenCheck golden;
        try (InputStream in =
                Objects.requireNonNull(LoadPart.class.getResourceAsStream("/golden/all-minilm-l6-v2.json"))) {
            golden = GoldenCheck.read(in.readAllBytes(), "golden");
        }
        for (Precision precision : List.of(Precision.FP32, Precision.FP16, Precision.BF16)) {
            visit.step("golden " + precision.label(), () -> {
                if (visit.pretend() && precision == Precision.BF16) {
                    throw new Visit.NotHere("on a CPU the engine has no kernels for bf16");
                }
                ModelSpec spec = Specs.with(EmbeddedModel.ALL_MINILM_L6_V2.spec(), visit.device(), precision);
                long start = System.nanoTime();
                LoadedModel loaded = engines.load(spec);
                try (Model<TokenSequence, Vector> model = loaded.model()) {
                    double cosine = golden.verify(
                            spec.id(), engines.tokenizer(spec), model, GoldenCheck.leastCosine(precision));
                    visit.found()
                            .withArray("golden")
                            .addObject()
                            .put("precision", precision.label())
                            .put("device", loaded.device().label())
                            .put("ONNX Runtime", loaded.version())
                            .put("least cosine", cosine)
                            .put("loaded and checked in ms", (System.nanoTime() - start) / 1_000_000);
                }
            });
        }
        visit.step("libraries", () -> libraries().forEach(visit.found().withArray("libraries")::add));
    }

    /** What this process has mapped of CUDA and the engine, by real paths, whose names hold the releases. */
    private static List<String> libraries() throws IOException {
        return Files.readAllLines(Path.of("/proc/self/maps")).stream()
                .filter(line -> line.matches(".*/lib(cu|nv|onnxruntime)[^/]*\\.so[^/]*$"))
                .map(line -> line.substring(line.indexOf('/')))
                .distinct()
                .toList();
    }
}
