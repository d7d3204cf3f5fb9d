package phifleet.membership;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.common.WorkerCard;
import phifleet.common.WorkerCard.HeldModel;

/** A worker's card as a member's attributes, which come and go with the member. */
final class CardAttributes {
    private static final Logger LOG = LoggerFactory.getLogger(CardAttributes.class);

    private static final String ID = "worker.id";
    private static final String URL = "worker.url";
    private static final String MODELS = "worker.models";
    private static final String CAPACITY = "worker.capacity";
    private static final String VERSION = "worker.version";
    private static final String DEVICE = "worker.device";

    private CardAttributes() {}

    /** The attributes of a card. Models stand one a line, name and kind parted by a tab. */
    static Map<String, String> of(WorkerCard card) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put(ID, card.id());
        attributes.put(URL, card.url().toString());
        attributes.put(
                MODELS,
                card.models().stream()
                        .map(model -> model.name() + "\t" + model.kind())
                        .collect(Collectors.joining("\n")));
        attributes.put(CAPACITY, Integer.toString(card.capacity()));
        attributes.put(VERSION, card.version());
        attributes.put(DEVICE, card.device());
        return attributes;
    }

    /** The card in a member's attributes; empty where the member is no worker, or one whose card cannot be read. */
    static Optional<WorkerCard> read(Map<String, String> attributes) {
        String id = attributes.get(ID);
        if (id == null) {
            return Optional.empty();
        }
        try {
            List<HeldModel> models = attributes
                    .getOrDefault(MODELS, "")
                    .lines()
                    .map(line -> line.split("\t", 2))
                    .filter(parts -> parts.length == 2)
                    .map(parts -> new HeldModel(parts[0], parts[1]))
                    .toList();
            return Optional.of(new WorkerCard(
                    id,
                    URI.create(attributes.getOrDefault(URL, "")),
                    models,
                    Integer.parseInt(attributes.getOrDefault(CAPACITY, "0")),
                    attributes.getOrDefault(VERSION, "unknown"),
                    attributes.getOrDefault(DEVICE, "unknown")));
        } catch (IllegalArgumentException e) {
            LOG.warn("a member's card cannot be read: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
