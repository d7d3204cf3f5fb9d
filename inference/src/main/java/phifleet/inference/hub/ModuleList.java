package phifleet.inference.hub;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import phifleet.inference.model.ModelException;

/**
 * The modules of {@code modules.json}, in their order, in the layouts before and since sentence-transformers 5.
 *
 * @param all empty where there is no such file
 */
record ModuleList(JsonFile file, List<Entry> all) {

    /**
     * One module.
     *
     * @param type the last part of its class's name, which alone is the same in all layouts
     * @param folder where its files are
     */
    record Entry(String type, Path folder) {}

    ModuleList {
        all = List.copyOf(all);
    }

    static ModuleList read(Path folder) throws ModelException {
        return of(JsonFile.read(folder.resolve("modules.json")), folder);
    }

    /** @param folder what the modules' paths are relative to */
    static ModuleList of(JsonFile file, Path folder) throws ModelException {
        List<Entry> entries = new ArrayList<>();
        for (JsonNode module : file.values()) {
            String type = module.path("type").asText();
            Path path = folder.resolve(module.path("path").asText()).normalize();
            if (!path.startsWith(folder.normalize())) {
                throw new ModelException(
                        file.path() + " names " + module.path("path") + ", which is not in the folder");
            }
            entries.add(new Entry(type.substring(type.lastIndexOf('.') + 1), path));
        }
        return new ModuleList(file, entries);
    }

    boolean exists() {
        return file.exists();
    }

    /** The network: a Transformer, or a StaticEmbedding. */
    Optional<Entry> network() throws ModelException {
        if (all.isEmpty()) {
            return Optional.empty();
        }
        Entry first = all.getFirst();
        if (!List.of("Transformer", "StaticEmbedding", "MLMTransformer").contains(first.type())) {
            throw new ModelException(file.path() + " begins with a module " + first.type()
                    + "; Transformer and StaticEmbedding are supported there");
        }
        return Optional.of(first);
    }

    /** Whether the network is a table with one vector a token. */
    boolean isTable(JsonFile config) throws ModelException {
        return network()
                .map(entry -> entry.type().equals("StaticEmbedding"))
                .orElse(config.at("model_type").asText().equals("model2vec"));
    }

    /** The pooling. */
    Optional<Entry> pooling() throws ModelException {
        List<Entry> found =
                all.stream().filter(entry -> entry.type().equals("Pooling")).toList();
        if (found.size() > 1 || (found.size() == 1 && all.indexOf(found.getFirst()) != 1)) {
            throw new ModelException(file.path() + " has the modules "
                    + all.stream().map(Entry::type).toList() + "; a Pooling is supported behind the network alone");
        }
        return found.stream().findFirst();
    }

    /** What a pooled vector goes through. */
    List<Entry> behindPooling() throws ModelException {
        int from = pooling().isPresent() ? 2 : 1;
        return all.size() <= from ? List.of() : all.subList(from, all.size());
    }
}
