package phifleet.benchmark.run;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import phifleet.benchmark.plan.BenchmarkModel;
import phifleet.benchmark.targets.TargetSettings;

/** The same texts through every target, and all targets held against each other. */
public final class Validation {
    private static final int BATCH = 8;
    private static final double LEAST_COSINE = 0.9999;

    private final BenchmarkModel model;
    private final Bench.Folders folders;

    public Validation(BenchmarkModel model, Bench.Folders folders) {
        this.model = model;
        this.folders = folders;
    }

    /** Asks all, writes {@code validation.json}; says whether every pair is near enough. */
    public boolean run(List<TargetSettings> chosen, List<String> texts) throws IOException, InterruptedException {
        Map<String, List<float[]>> vectors = new LinkedHashMap<>();
        try (Targets targets = new Targets(folders.root(), folders.models(), model, folders.logs())) {
            for (TargetSettings settings : chosen) {
                System.out.println("asking " + settings.name() + " for " + texts.size() + " vectors");
                vectors.put(settings.name(), ask(targets.start(settings, Threads.OWN), texts));
                targets.stopAll();
            }
        }
        JsonMapper json = new JsonMapper();
        ObjectNode result = json.createObjectNode().put("texts", texts.size());
        boolean good = true;
        List<String> names = List.copyOf(vectors.keySet());
        List<List<float[]>> answers = List.copyOf(vectors.values());
        for (int i = 0; i < names.size(); i++) {
            for (int j = i + 1; j < names.size(); j++) {
                Difference difference = Difference.of(answers.get(i), answers.get(j));
                good &= difference.leastCosine() >= LEAST_COSINE;
                System.out.printf(
                        Locale.ROOT,
                        "%-16s %-16s max difference %.2e, least cosine %.7f%n",
                        names.get(i),
                        names.get(j),
                        difference.most(),
                        difference.leastCosine());
                result.withArray("pairs")
                        .addObject()
                        .put("one", names.get(i))
                        .put("other", names.get(j))
                        .put("max_difference", difference.most())
                        .put("min_cosine", difference.leastCosine());
            }
        }
        Path folder = Files.createDirectories(folders.results().resolve(model.id()));
        json.writerWithDefaultPrettyPrinter()
                .writeValue(folder.resolve("validation.json").toFile(), result);
        return good;
    }

    private static List<float[]> ask(Targets.Ready ready, List<String> texts) throws IOException, InterruptedException {
        List<float[]> vectors = new ArrayList<>();
        for (int i = 0; i < texts.size(); i += BATCH) {
            List<String> some = texts.subList(i, Math.min(texts.size(), i + BATCH));
            List<float[]> found = ready.target().embed(some);
            if (found.size() != some.size()) {
                throw new IOException(ready.target().name() + " gave " + found.size() + " vectors for " + some.size());
            }
            vectors.addAll(found);
        }
        return vectors;
    }

    /** How far apart two lists of vectors are. */
    record Difference(double most, double leastCosine) {
        static Difference of(List<float[]> some, List<float[]> others) throws IOException {
            double most = 0;
            double least = 1;
            for (int i = 0; i < some.size(); i++) {
                double product = 0;
                double left = 0;
                double right = 0;
                if (some.get(i).length != others.get(i).length) {
                    throw new IOException("a vector has " + some.get(i).length + " numbers, and the other target's has "
                            + others.get(i).length);
                }
                for (int j = 0; j < some.get(i).length; j++) {
                    double a = some.get(i)[j];
                    double b = others.get(i)[j];
                    most = Math.max(most, Math.abs(a - b));
                    product += a * b;
                    left += a * a;
                    right += b * b;
                }
                least = Math.min(least, product / Math.sqrt(left * right));
            }
            return new Difference(most, least);
        }
    }
}
