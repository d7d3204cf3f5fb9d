package phifleet.membership;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.common.FleetProof;
import phifleet.common.FleetSecret;
import phifleet.common.WorkerCard;
import phifleet.common.WorkerCard.HeldModel;

/** A worker's card as a member's attributes, which come and go with the member. Signed where the fleet has a secret. */
final class CardAttributes {
    private static final Logger LOG = LoggerFactory.getLogger(CardAttributes.class);

    private static final String ID = "worker.id";
    private static final String URL = "worker.url";
    private static final String MODELS = "worker.models";
    private static final String VERSION = "worker.version";
    private static final String DEVICE = "worker.device";
    private static final String SIGNATURE = "worker.signature";

    private CardAttributes() {}

    /** The attributes of a card. Models stand one a line, name and kind parted by a tab. */
    static Map<String, String> of(WorkerCard card, @Nullable FleetSecret secret) {
        Map<String, String> attributes = new LinkedHashMap<>();
        attributes.put(ID, card.id());
        attributes.put(URL, card.url().toString());
        attributes.put(
                MODELS,
                card.models().stream()
                        .map(model -> model.name() + "\t" + model.kind())
                        .collect(Collectors.joining("\n")));
        attributes.put(VERSION, card.version());
        attributes.put(DEVICE, card.device());
        if (secret != null) {
            attributes.put(SIGNATURE, FleetProof.ofCard(secret, signed(attributes)));
        }
        return attributes;
    }

    private static String[] signed(Map<String, String> attributes) {
        return List.of(ID, URL, MODELS, VERSION, DEVICE).stream()
                .map(key -> attributes.getOrDefault(key, ""))
                .toArray(String[]::new);
    }

    /**
     * The card in a member's attributes; empty where the member is no worker, or one whose card cannot be read, or is not
     * signed where the fleet has a secret.
     */
    static Optional<WorkerCard> read(Map<String, String> attributes, @Nullable FleetSecret secret) {
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
            WorkerCard card = new WorkerCard(
                    id,
                    URI.create(attributes.getOrDefault(URL, "")),
                    models,
                    attributes.getOrDefault(VERSION, "unknown"),
                    attributes.getOrDefault(DEVICE, "unknown"));
            if (secret != null && !FleetProof.isCard(secret, attributes.get(SIGNATURE), signed(attributes))) {
                LOG.warn(
                        "worker {} at {} is passed over: its card is not signed with this fleet's secret",
                        id,
                        card.url());
                return Optional.empty();
            }
            return Optional.of(card);
        } catch (IllegalArgumentException e) {
            LOG.warn("a member's card cannot be read: {}", e.getMessage());
            return Optional.empty();
        }
    }
}
