package phifleet.gateway.http;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an operator did to the fleet.
 *
 * @param at when it was done
 * @param by whose key it was: its name, or {@code admin}
 * @param what as {@code cordon}
 * @param worker whom it was done to; null for all
 * @param detail of what kind it was, as the name of a model; null where there is nothing to say
 */
public record FleetAction(
        Instant at,
        String by,
        String what,
        @Nullable String worker,
        @Nullable String detail) {
    /** Of the key that all operators share. */
    static final String ADMIN = "admin";

    private static final ObjectMapper JSON = new ObjectMapper();

    /** As the events have it. */
    ObjectNode view() {
        ObjectNode view = JSON.createObjectNode()
                .put("at", at.toString())
                .put("by", by)
                .put("action", what)
                .put("worker", worker);
        return detail == null ? view : view.put("detail", detail);
    }
}
