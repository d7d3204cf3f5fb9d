package phifleet.inference.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Pooling;

/** Specifications for tests. */
public final class Specs {
    private Specs() {}

    public static ModelSpec torchScript(Path archive, Pooling pooling) {
        return new ModelSpec(
                "m",
                List.of(),
                new ModelSource.Files(archive, archive.resolveSibling("tokenizer.json")),
                EngineKind.PYTORCH,
                "auto",
                "fp32",
                pooling,
                true,
                256,
                0,
                Map.of(),
                null,
                null,
                0,
                true);
    }

    /** An encoder without a tokeniser, mean pooling. */
    public static ModelSpec onnx(Path graph, int maxTokens) {
        return new ModelSpec(
                "m",
                List.of(),
                new ModelSource.Files(graph, graph.resolveSibling("tokenizer.json")),
                EngineKind.ONNXRUNTIME,
                "auto",
                "fp32",
                Pooling.MEAN,
                true,
                maxTokens,
                0,
                Map.of(),
                null,
                null,
                0,
                true);
    }

    public static ModelSpec packing(ModelSpec spec, boolean packing) {
        return new ModelSpec(
                spec.id(),
                spec.aliases(),
                spec.source(),
                spec.engine(),
                spec.device(),
                spec.precision(),
                spec.pooling(),
                spec.normalize(),
                spec.maxTokens(),
                spec.padId(),
                spec.prompts(),
                spec.defaultPrompt(),
                spec.golden(),
                spec.batchTokens(),
                packing);
    }

    public static ModelSpec onDevice(ModelSpec spec, String device) {
        return with(spec, device, spec.precision());
    }

    public static ModelSpec inPrecision(ModelSpec spec, String precision) {
        return with(spec, spec.device(), precision);
    }

    public static ModelSpec with(ModelSpec spec, String device, String precision) {
        return new ModelSpec(
                spec.id(),
                spec.aliases(),
                spec.source(),
                spec.engine(),
                device,
                precision,
                spec.pooling(),
                spec.normalize(),
                spec.maxTokens(),
                spec.padId(),
                spec.prompts(),
                spec.defaultPrompt(),
                spec.golden(),
                spec.batchTokens(),
                spec.packing());
    }
}
