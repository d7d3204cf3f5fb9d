package phifleet.gateway.http.probe;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import phifleet.common.CopyBounds;
import phifleet.common.IndexRoutes;
import phifleet.common.ModelRoutes;
import phifleet.common.WorkerCard.HeldModel;
import phifleet.gateway.balance.LoadableModel;

/** What a worker says that it holds, in its {@code /info}: each model by its id and by each alias. */
final class HeldModels {
    /** Of models on demand: every gateway tells every page of them each second. */
    private static final int MOST_SHOWN = 24;

    private HeldModels() {}

    /** Empty where it says nothing of that, or in words that are not these: then what was known before holds. */
    static Optional<List<HeldModel>> read(JsonNode info) {
        JsonNode list = info.path("models");
        if (!list.isArray()) {
            return Optional.empty();
        }
        List<HeldModel> models = new ArrayList<>();
        try {
            for (JsonNode model : list) {
                for (String kind : kinds(model)) {
                    models.add(new HeldModel(model.path("name").asText(), kind));
                    for (JsonNode alias : model.path("aliases")) {
                        models.add(new HeldModel(alias.asText(), kind));
                    }
                }
            }
            IndexRoutes.held(
                            info.path("index").asBoolean(),
                            info.path("index_shared").asBoolean(),
                            info.path("index_part").asBoolean())
                    .ifPresent(models::add);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(models.stream().distinct().toList());
    }

    /** The version of each model that has one, by its id and by each alias. */
    static Map<String, String> versions(JsonNode info) {
        Map<String, String> versions = new HashMap<>();
        for (JsonNode model : info.path("models")) {
            String version = model.path("version").asText();
            if (!version.isEmpty()) {
                versions.put(model.path("name").asText(), version);
                model.path("aliases").forEach(alias -> versions.put(alias.asText(), version));
            }
        }
        return versions;
    }

    /** What it loads when a request for it comes, or has loaded so: each by its id and by each alias. */
    static List<LoadableModel> loadable(JsonNode info) {
        List<LoadableModel> models = new ArrayList<>();
        for (JsonNode model : info.path("on_demand")) {
            String id = model.path("name").asText();
            LoadableModel.Nearness nearness = nearness(model);
            if (nearness == null || id.isBlank()) {
                continue;
            }
            String kind = model.path("kind").asText("");
            CopyBounds copies = copies(model);
            double load = Math.max(0, model.path("load_seconds").asDouble(0));
            models.add(new LoadableModel(id, id, kind, nearness, copies, load));
            for (JsonNode alias : model.path("aliases")) {
                models.add(new LoadableModel(alias.asText(), id, kind, nearness, copies, load));
            }
        }
        return models;
    }

    /** As its worker's settings have them; where they cannot be, as if nothing were said. */
    private static CopyBounds copies(JsonNode model) {
        int min = model.path("min_copies").asInt(CopyBounds.ANY.min());
        int max = model.path("max_copies").asInt(CopyBounds.ANY.max());
        return min < 0 || max < Math.max(1, min) || max > CopyBounds.MOST ? CopyBounds.ANY : new CopyBounds(min, max);
    }

    /** Null where its worker says what is not known here. */
    private static LoadableModel.@Nullable Nearness nearness(JsonNode model) {
        boolean room = model.path("room").asBoolean();
        return switch (model.path("state").asText()) {
            // Who asks for it waits there. And one that became ready while its worker answered is not among those held
            // yet.
            case "loading", "ready", "downloading" -> LoadableModel.Nearness.LOADING;
            case "on_disk" -> room ? LoadableModel.Nearness.ROOM : LoadableModel.Nearness.CROWDED;
            case "draining" -> LoadableModel.Nearness.CROWDED;
            case "absent" -> LoadableModel.Nearness.ABSENT;
            default -> null;
        };
    }

    /** What it is, and what else it is by what it gives besides. */
    private static List<String> kinds(JsonNode model) {
        List<String> kinds = new ArrayList<>();
        kinds.add(model.path("kind").asText());
        for (JsonNode output : model.path("gives")) {
            ModelRoutes.kindOfOutput(output.asText()).ifPresent(kinds::add);
        }
        return kinds;
    }

    /** Each model once, as people are shown it; empty where the worker does not say what it holds. */
    static Optional<ArrayNode> shown(JsonNode info) {
        JsonNode list = info.path("models");
        if (!list.isArray()) {
            return Optional.empty();
        }
        ArrayNode models = JsonNodeFactory.instance.arrayNode();
        for (JsonNode model : list) {
            if (model instanceof ObjectNode object) {
                models.add(object.deepCopy().retain("name", "kind", "version", "aliases", "gives"));
            }
        }
        return Optional.of(models);
    }

    /**
     * Models that are loaded on demand, as people are shown them: as many as they can take in, those first of which something is to be
     * told; null where the worker has none.
     */
    static @Nullable ArrayNode onDemandShown(JsonNode info) {
        List<ObjectNode> all = new ArrayList<>();
        for (JsonNode model : info.path("on_demand")) {
            if (model instanceof ObjectNode object) {
                all.add(object.deepCopy().retain("name", "state", "reason", "load_seconds"));
            }
        }
        if (all.isEmpty()) {
            return null;
        }
        all.sort(Comparator.comparing(HeldModels::isAtRest));
        ArrayNode shown = JsonNodeFactory.instance.arrayNode();
        all.stream().limit(MOST_SHOWN).forEach(shown::add);
        return shown;
    }

    private static boolean isAtRest(JsonNode model) {
        String state = model.path("state").asText();
        return (state.equals("on_disk") || state.equals("absent"))
                && model.path("reason").asText().isEmpty();
    }
}
