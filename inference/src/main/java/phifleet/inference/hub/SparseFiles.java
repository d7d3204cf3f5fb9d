package phifleet.inference.hub;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.inference.graph.safetensors.Safetensors;
import phifleet.inference.model.ModelException;
import phifleet.inference.model.TokenWeights;

/** What sentence-transformers' files say of a sparse encoder, with one way for all texts or with one for documents and one for queries. */
final class SparseFiles {
    /** Modules of sparse encoders alone. */
    private static final List<String> SPARSE = List.of("MLMTransformer", "SpladePooling", "SparseStaticEmbedding");

    private SparseFiles() {}

    /** The folder of the masked language model. */
    static Path network(Path folder) throws ModelException {
        return find(folder, "MLMTransformer").orElse(folder);
    }

    /** How often the logarithm of one more is taken. */
    static int squashed(Path folder, Decisions decisions) throws ModelException {
        JsonFile config = pooling(folder);
        String activation = config.at("activation_function").asText("relu");
        decisions.add("weights by " + activation, config.exists() ? config.name() : "default of sparse encoders");
        return switch (activation) {
            case "relu" -> 1;
            case "log1p_relu" -> 2;
            default ->
                throw new ModelException(config.path() + ": activation_function is " + activation
                        + "; relu and log1p_relu are supported");
        };
    }

    /** Whether weights are added up over a text's tokens. */
    static boolean summed(Path folder, Decisions decisions) throws ModelException {
        JsonFile config = pooling(folder);
        String strategy = config.at("pooling_strategy").asText("max");
        decisions.add("weights' " + strategy, config.exists() ? config.name() : "default of sparse encoders");
        return switch (strategy) {
            case "max" -> false;
            case "sum" -> true;
            default ->
                throw new ModelException(
                        config.path() + ": pooling_strategy is " + strategy + "; max and sum are supported");
        };
    }

    private static JsonFile pooling(Path folder) throws ModelException {
        Path pooling = find(folder, "SpladePooling").orElse(folder.resolve("1_SpladePooling"));
        return JsonFile.read(pooling.resolve("config.json"));
    }

    /** The weights of queries' tokens; null where queries are run like documents. */
    static @Nullable TokenWeights queries(Path folder) throws ModelException {
        Optional<Path> table = find(folder, "SparseStaticEmbedding");
        if (table.isEmpty()) {
            return null;
        }
        return new TokenWeights(
                Safetensors.read(table.get().resolve("model.safetensors")).floats("weight"));
    }

    /** Refuses routes of which none is a sparse encoder's. */
    static void mustBeSparse(Path folder) throws ModelException {
        JsonFile router = JsonFile.read(folder.resolve("router_config.json"));
        List<String> types = router.at("types").properties().stream()
                .map(module -> module.getValue().asText())
                .map(name -> name.substring(name.lastIndexOf('.') + 1))
                .distinct()
                .toList();
        if (!types.isEmpty() && types.stream().noneMatch(SPARSE::contains)) {
            throw new ModelException(router.path() + ": the routes have the modules " + types
                    + "; a Router of sparse encoders is supported. A route's network can be a model by itself:"
                    + " set path: to its folder, and pooling:");
        }
    }

    /** The folder of the first module of a type, in {@code modules.json} or in {@code router_config.json}. */
    private static Optional<Path> find(Path folder, String type) throws ModelException {
        List<ModuleList.Entry> modules = new ArrayList<>(ModuleList.read(folder).all());
        JsonFile router = JsonFile.read(folder.resolve("router_config.json"));
        for (var module : router.at("types").properties()) {
            String name = module.getValue().asText();
            Path path = folder.resolve(module.getKey()).normalize();
            if (!path.startsWith(folder.normalize())) {
                throw new ModelException(router.path() + " names " + module.getKey() + ", which is not in the folder");
            }
            modules.add(new ModuleList.Entry(name.substring(name.lastIndexOf('.') + 1), path));
        }
        return modules.stream()
                .filter(module -> module.type().equals(type))
                .map(ModuleList.Entry::folder)
                .findFirst();
    }
}
