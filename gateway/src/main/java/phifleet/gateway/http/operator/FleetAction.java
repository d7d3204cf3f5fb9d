package phifleet.gateway.http.operator;

import java.time.Instant;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.Stream;
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

    /** What it was, in a line. */
    public String text() {
        String whom = Stream.of(detail == null ? "" : detail, worker == null ? "" : worker)
                .filter(part -> !part.isEmpty())
                .collect(Collectors.joining(" at "));
        String verb = what.substring(0, 1).toUpperCase(Locale.ROOT) + what.substring(1);
        return whom.isEmpty() ? verb + "." : verb + " of " + whom + ".";
    }
}
