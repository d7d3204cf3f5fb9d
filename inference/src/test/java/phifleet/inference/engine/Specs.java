package phifleet.inference.engine;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import phifleet.inference.model.DeviceChoice;
import phifleet.inference.model.EngineKind;
import phifleet.inference.model.ModelSource;
import phifleet.inference.model.ModelSpec;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.Precision;
import phifleet.inference.model.Recipe;
import phifleet.inference.model.Task;
import phifleet.inference.model.TokenInput;

/** Specifications for tests. */
public final class Specs {
    private Specs() {}

    public static ModelSpec torchScript(Path archive, Pooling pooling) {
        return new ModelSpec(
                "m",
                List.of(),
                new ModelSource.Files(archive, archive.resolveSibling("tokenizer.json")),
                EngineKind.PYTORCH,
                DeviceChoice.AUTO,
                Precision.FP32,
                null,
                ModelSpec.Scheduling.DEFAULT,
                new Task.SentenceEncoding(new TokenInput(256, 0, true), pooling, true, Map.of(), null, Recipe.PLAIN));
    }

    /** An encoder without a tokeniser, mean pooling. */
    public static ModelSpec onnx(Path graph, int maxTokens) {
        return new ModelSpec(
                "m",
                List.of(),
                new ModelSource.Files(graph, graph.resolveSibling("tokenizer.json")),
                EngineKind.ONNXRUNTIME,
                DeviceChoice.AUTO,
                Precision.FP32,
                null,
                ModelSpec.Scheduling.DEFAULT,
                new Task.SentenceEncoding(
                        new TokenInput(maxTokens, 0, true), Pooling.MEAN, true, Map.of(), null, Recipe.PLAIN));
    }

    /** A model of tensors. */
    public static ModelSpec tensors(ModelSource source, EngineKind engine) {
        return new ModelSpec(
                "m",
                List.of(),
                source,
                engine,
                DeviceChoice.AUTO,
                Precision.FP32,
                null,
                ModelSpec.Scheduling.DEFAULT,
                new Task.Tensors());
    }

    public static ModelSpec packing(ModelSpec spec, boolean packing) {
        Task.SentenceEncoding found = spec.encoding();
        TokenInput input =
                new TokenInput(found.input().maxTokens(), found.input().padId(), packing);
        return with(
                spec,
                spec.device(),
                spec.precision(),
                new Task.SentenceEncoding(
                        input,
                        found.pooling(),
                        found.normalize(),
                        found.prompts(),
                        found.defaultPrompt(),
                        found.recipe()));
    }

    public static ModelSpec onDevice(ModelSpec spec, DeviceChoice device) {
        return with(spec, device, spec.precision());
    }

    public static ModelSpec inPrecision(ModelSpec spec, Precision precision) {
        return with(spec, spec.device(), precision);
    }

    public static ModelSpec with(ModelSpec spec, DeviceChoice device, Precision precision) {
        return with(spec, device, precision, spec.task());
    }

    private static ModelSpec with(ModelSpec spec, DeviceChoice device, Precision precision, Task task) {
        return new ModelSpec(
                spec.id(),
                spec.aliases(),
                spec.source(),
                spec.engine(),
                device,
                precision,
                spec.golden(),
                spec.scheduling(),
                task);
    }
}
