import java.nio.file.Path;
import phifleet.inference.local.LocalEncoder;
import phifleet.inference.local.LocalModels;
import phifleet.inference.local.LocalSettings;
import phifleet.inference.model.Vector;

/** inference/ as its README has it. */
final class Phi {
    public static void main(String[] arguments) throws Exception {
        try (LocalModels models = new LocalModels(LocalSettings.usual().withCache(Path.of(arguments[1])))) {
            LocalEncoder encoder = models.encoder("all-minilm-l6-v2");
            Turns.run(arguments, texts ->
                    encoder.embed(texts).stream().map(Vector::values).toList());
        }
    }
}
