package phifleet.worker.bench.gpu;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import phifleet.inference.engine.Engines;
import phifleet.inference.engine.LoadedModel;
import phifleet.inference.engine.Specs;
import phifleet.inference.engine.pytorch.MiniLmTorchScript;
import phifleet.inference.model.Model;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.Pooling;
import phifleet.inference.model.TokenSequence;
import phifleet.inference.model.Vector;

/** MiniLM as TorchScript on the machine's libtorch; where that cannot be loaded, why. Either is an answer. */
final class TorchPart {
    private TorchPart() {}

    static void run(Visit visit) throws Exception {
        visit.found()
                .put(
                        "PYTORCH_LIBRARY_PATH",
                        Objects.requireNonNullElse(System.getenv("PYTORCH_LIBRARY_PATH"), "not set"));
        Engines engines = visit.engines();
        visit.step("MiniLM as TorchScript", () -> attempt(visit, engines));
    }

    private static void attempt(Visit visit, Engines engines) throws Exception {
        Path archive = MiniLmTorchScript.folder(visit.cache()).resolve("model.pt");
        LoadedModel loaded;
        try {
            loaded = engines.load(Specs.onDevice(Specs.torchScript(archive, Pooling.MEAN), visit.device()));
        } catch (ModelException | RuntimeException | LinkageError e) {
            throw new Visit.NotHere(String.valueOf(e.getMessage()));
        }
        try (Model<TokenSequence, Vector> model = loaded.model()) {
            int dimension = model.run(List.of(new TokenSequence(new int[] {101, 102})))
                    .getFirst()
                    .dimension();
            visit.found()
                    .put("device", loaded.device().label())
                    .put("libtorch", loaded.version())
                    .put("dimension", dimension);
        }
    }
}
