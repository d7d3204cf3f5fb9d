package phifleet.worker;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phifleet.common.CopyBounds;
import phifleet.common.settings.SettingsSection;

/**
 * When an entry of {@code models} is loaded, and how long it stays.
 *
 * @param onDemand whether it is loaded when a request names it, not at the start
 * @param pinned whether it never goes for another, once it is loaded
 * @param idle after so long without a request it goes; null for never
 * @param copies how many workers of the fleet may hold it
 */
record OnDemandSettings(
        boolean onDemand, boolean pinned, @Nullable Duration idle, CopyBounds copies) {
    static final List<String> KEYS = List.of("load", "pin", "idle-unload", "min-copies", "max-copies");

    private static final Pattern TIME = Pattern.compile("(\\d{1,9})(ms|s|m|h)");
    private static final String BOUND = "must be a time from 1s to 30 days, as 90s, 10m or 1h";

    /** When a model is loaded. */
    enum Load {
        START,
        DEMAND
    }

    static OnDemandSettings read(SettingsSection section) {
        boolean onDemand = section.choice("load", Load.START, Load.class) == Load.DEMAND;
        boolean pinned = section.flag("pin", false);
        String idle = section.optionalText("idle-unload");
        if (idle != null && !onDemand) {
            section.mistake("idle-unload", idle, "is for a model that comes back by itself: it needs load: demand");
        }
        if (idle != null && pinned) {
            section.mistake("idle-unload", idle, "is not for a model that is pinned");
        }
        return new OnDemandSettings(
                onDemand, pinned, idle == null ? null : time(section, idle), copies(section, onDemand));
    }

    private static CopyBounds copies(SettingsSection section, boolean onDemand) {
        int min = section.integer("min-copies", CopyBounds.ANY.min(), 0, CopyBounds.MOST);
        int max = section.integer("max-copies", CopyBounds.ANY.max(), 1, CopyBounds.MOST);
        CopyBounds copies = min > max ? CopyBounds.ANY : new CopyBounds(min, max);
        if (min > max) {
            section.mistake("min-copies", Integer.toString(min), "must be at most max-copies, which is " + max);
        }
        if (!onDemand && !copies.equals(CopyBounds.ANY)) {
            section.mistake(
                    min > 0 ? "min-copies" : "max-copies",
                    Integer.toString(min > 0 ? min : max),
                    "is for a model that is not on every worker: it needs load: demand");
        }
        return copies;
    }

    private static @Nullable Duration time(SettingsSection section, String text) {
        Matcher parts = TIME.matcher(text.strip().toLowerCase(Locale.ROOT));
        Duration time = Duration.ZERO;
        if (parts.matches()) {
            long number = Long.parseLong(parts.group(1));
            time = switch (parts.group(2)) {
                case "ms" -> Duration.ofMillis(number);
                case "s" -> Duration.ofSeconds(number);
                case "m" -> Duration.ofMinutes(number);
                default -> Duration.ofHours(number);
            };
        }
        if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(Duration.ofDays(30)) > 0) {
            section.mistake("idle-unload", text, BOUND);
            return null;
        }
        return time;
    }
}
