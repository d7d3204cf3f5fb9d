package phifleet.worker.bench.gpu;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import phifleet.inference.engine.Engines;
import phifleet.inference.engine.Specs;
import phifleet.inference.engine.pytorch.MiniLmTorchScript;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;
import phifleet.worker.bench.gpu.PartMain.Visit;

/** MiniLM as TorchScript on the machine's libtorch; where that cannot be loaded, why. Either is an answer. */
final class TorchPart {
    private TorchPart() {}

    static void run(Visit visit) throws Exception {
        visit.found()
                .put(
                        "PYTORCH_LIBRARY_PATH",
                        Objects.requireNonNullElse(System.getenv("PYTORCH_LIBRARY_PATH"), "not set"));
        Engines engines = visit.engines();
        try {
            Path archive = MiniLmTorchScript.folder(visit.cache()).resolve("model.pt");
            Engines.LoadedModel loaded =
                    engines.load(Specs.onDevice(Specs.torchScript(archive, Pooling.MEAN), visit.device()));
            try (Model<TokenSequence, Vector> model = loaded.model()) {
                int dimension = model.run(List.of(new TokenSequence(new int[] {101, 102})))
                        .getFirst()
                        .dimension();
                visit.found()
                        .put("runs", true)
                        .put("device", loaded.device().label())
                        .put("libtorch", loaded.version())
                        .put("dimension", dimension);
            }
        } catch (ModelException | RuntimeException | LinkageError e) {
            visit.found().put("runs", false).put("reason", String.valueOf(e.getMessage()));
        }
    }
}
