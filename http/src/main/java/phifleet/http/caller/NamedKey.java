package phifleet.http.caller;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import phifleet.common.settings.SettingsSection;

/**
 * A key of one caller's own, beside the API key that all may share.
 *
 * @param name by which logs and meters call it
 * @param sha256 of the key's UTF-8 bytes, 64 hexadecimal digits in lower case; never shown
 * @param requestsPerSecond the most; empty for no bound
 * @param deviceSecondsPerMinute the most time of whole devices that its requests may take; empty for no bound
 */
public record NamedKey(
        String name, String sha256, OptionalDouble requestsPerSecond, OptionalDouble deviceSecondsPerMinute) {
    /** What the budget of device time is counted over. */
    static final Duration BUDGET_PERIOD = Duration.ofMinutes(1);

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
    private static final int MOST = 1_000;

    /** Names that stand for those who have no key of their own. */
    private static final Set<String> TAKEN = Set.of(Callers.SHARED, Callers.NOBODY, "admin");

    /**
     * Reads {@code api-keys}.
     *
     * @param apiKey the key that all share, which the fleet's own processes show each other; null for none
     */
    public static List<NamedKey> read(SettingsSection root, @Nullable String apiKey) {
        List<NamedKey> keys = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> hashes = new HashSet<>();
        List<SettingsSection> sections = root.sections("api-keys");
        if (!sections.isEmpty() && apiKey == null) {
            root.mistake("api-keys", null, "need api-key (PHI_API_KEY) too, which gateways show to workers");
        }
        if (sections.size() > MOST) {
            root.mistake("api-keys", sections.size() + " keys", "must be at most " + MOST);
        }
        for (SettingsSection section : sections) {
            String name = section.requiredText("name");
            String hash = section.requiredText("sha256").toLowerCase(Locale.ROOT);
            if (!name.isEmpty() && (!NAME.matcher(name).matches() || TAKEN.contains(name))) {
                section.mistake(
                        "name",
                        name,
                        "must be 1 to 64 letters, digits, dots, dashes or underscores, and none of "
                                + String.join(", ", TAKEN.stream().sorted().toList()));
            }
            if (!hash.isEmpty() && !HASH.matcher(hash).matches()) {
                // Whoever writes the key itself there has to find it in no log.
                section.mistake("sha256", null, "must be the 64 hexadecimal digits of the key's SHA-256");
            }
            if (!names.add(name) || !hashes.add(hash)) {
                section.mistake("name", name, "has the name or the key of one before it");
            }
            keys.add(new NamedKey(
                    name,
                    hash,
                    bound(section, "requests-per-second", 0.001, 1_000_000),
                    bound(section, "device-seconds-per-minute", 0.001, 1_000_000)));
        }
        return List.copyOf(keys);
    }

    private static OptionalDouble bound(SettingsSection section, String key, double least, double most) {
        double value = section.decimal(key, -1, least, most);
        return value < 0 ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    @Override
    public String toString() {
        return "NamedKey[" + name + "]";
    }
}
