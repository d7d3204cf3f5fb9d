package phifleet.inference.local;

// What inference/README.md shows, from here to the end: ReadmeTest compares the two, and runs it.
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import phifleet.inference.model.Vector;
import phifleet.inference.text.Embeddings;

class ReadmeExample {
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        try (LocalModels models = LocalModels.open()) {
            LocalEncoder encoder = Files.isDirectory(folder) ? models.encoder(folder) : models.encoder(arguments[0]);
            List<Vector> vectors = encoder.embed(List.of("a cat sits on the mat", "a cat lies on a rug"));
            System.out.println(Embeddings.cosine(vectors.getFirst(), vectors.getLast()));
        }
    }
}
