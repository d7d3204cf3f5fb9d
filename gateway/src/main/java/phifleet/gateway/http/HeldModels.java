package phifleet.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import phifleet.common.IndexRoutes;
import phifleet.common.WorkerCard.HeldModel;

/** What a worker says that it holds, in its {@code /info}: each model by its id and by each alias. */
final class HeldModels {
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
                String kind = model.path("kind").asText();
                models.add(new HeldModel(model.path("name").asText(), kind));
                for (JsonNode alias : model.path("aliases")) {
                    models.add(new HeldModel(alias.asText(), kind));
                }
            }
            IndexRoutes.held(info.path("index").asBoolean()).ifPresent(models::add);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(models.stream().distinct().toList());
    }

    /** Which version of each model serves, by its id and by each alias, as far as the worker says so. */
    static Map<String, String> versions(JsonNode info) {
        Map<String, String> versions = new HashMap<>();
        for (JsonNode model : info.path("models")) {
            String version = model.path("version").asText("");
            if (!version.isEmpty()) {
                versions.put(model.path("name").asText(), version);
                model.path("aliases").forEach(alias -> versions.put(alias.asText(), version));
            }
        }
        return versions;
    }
}
