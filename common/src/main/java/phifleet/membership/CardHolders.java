package phifleet.membership;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.common.WorkerCard;

/**
 * Which member holds which worker's id. The first who announced it keeps it for as long as it is a member; a second one is
 * refused, whatever it says, and takes its place only once the first has gone. Not safe for threads.
 */
final class CardHolders {
    private static final Logger LOG = LoggerFactory.getLogger(CardHolders.class);

    private final Map<String, UUID> holders = new LinkedHashMap<>();
    private final Set<UUID> refused = new HashSet<>();

    /** One member's card. */
    record Announced(UUID member, WorkerCard card) {}

    /**
     * The cards that count.
     *
     * @param announced by the members as they are now, the oldest member first
     */
    List<WorkerCard> accept(List<Announced> announced) {
        holders.entrySet()
                .removeIf(holder -> announced.stream()
                        .noneMatch(one -> one.member().equals(holder.getValue())
                                && one.card().id().equals(holder.getKey())));
        refused.retainAll(announced.stream().map(Announced::member).toList());
        announced.forEach(one -> holders.putIfAbsent(one.card().id(), one.member()));
        Map<String, WorkerCard> accepted = new LinkedHashMap<>();
        for (Announced one : announced) {
            String id = one.card().id();
            if (one.member().equals(holders.get(id))) {
                refused.remove(one.member());
                accepted.put(id, one.card());
            } else if (refused.add(one.member())) {
                LOG.warn(
                        "a second member announces the worker {}, at {}: it is refused while the first is there",
                        id,
                        one.card().url());
            }
        }
        return List.copyOf(accepted.values());
    }
}
