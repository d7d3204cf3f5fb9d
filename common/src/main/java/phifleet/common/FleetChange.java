package phifleet.common;

import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A model that was loaded or unloaded on all workers of the fleet at once, by whoever asked a gateway for it; or what its name stands for,
 * which workers keep for the gateways.
 *
 * @param stamp tells it from all others; those that were asked for later come later in the order of texts
 * @param model its name
 * @param config its settings, as they came with the request; null where they are the workers' own. Of weights the shares; null where
 *     the name stands for itself
 */
public record FleetChange(
        String stamp, String model, Action action, @Nullable String config) {
    private static final Pattern STAMP = Pattern.compile("\\d{13}-[0-9a-f]{8}");

    /** What was done. */
    public enum Action {
        LOAD,
        UNLOAD,
        /** The name stands for shares of several models. */
        WEIGHTS;

        /** As it stands in paths and lists. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The one of a label; empty where there is none. */
        public static Optional<Action> labelled(String label) {
            return Stream.of(values())
                    .filter(action -> action.label().equals(label))
                    .findFirst();
        }
    }

    /** A stamp of its own, of a time in milliseconds since 1970. */
    public static String stamp(long millis) {
        return String.format(
                Locale.ROOT, "%013d-%08x", millis, ThreadLocalRandom.current().nextInt());
    }

    /** Whether a text is a stamp. */
    public static boolean isStamp(String text) {
        return STAMP.matcher(text).matches();
    }

    /** The time of its stamp, in milliseconds since 1970. */
    long millis() {
        return Long.parseLong(stamp.substring(0, stamp.indexOf('-')));
    }
}
