package phifleet.gateway.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return Optional.of(models.stream().distinct().toList());
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
                models.add(object.deepCopy().retain("name", "kind", "version", "aliases"));
            }
        }
        return Optional.of(models);
    }
}
