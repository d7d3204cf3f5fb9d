package phifleet.membership;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import phifleet.common.FleetSecret;
import phifleet.common.settings.SettingsSection;

/**
 * How a process takes part in the fleet.
 *
 * @param cluster the fleet's name; members of another name are strangers
 * @param discovery how members find each other
 * @param port the first port of members; where {@link Discovery.Loopback} is set, the range is {@link #LOOPBACK_PORTS}
 * @param interfaces addresses or patterns (as {@code 10.77.*.*}) of the network to bind to; empty binds where the host
 *     name points
 * @param heartbeatTimeout a member silent for so long is declared dead
 * @param mergeDelay pause between searches for other parts of the fleet, after starting apart or being cut off
 * @param leaveTimeout how long leaving waits; the others notice within some 400 ms
 * @param secret what only members of the fleet know; null where whoever reaches a member's port is believed
 */
public record MembershipSettings(
        String cluster,
        Discovery discovery,
        int port,
        List<String> interfaces,
        Duration heartbeatTimeout,
        Duration mergeDelay,
        Duration leaveTimeout,
        @Nullable FleetSecret secret) {
    /** Ports asked on one machine, and so the most members there. */
    static final int LOOPBACK_PORTS = 40;

    public MembershipSettings {
        interfaces = List.copyOf(interfaces);
    }

    /** The settings of a fleet of that name that nobody changed. */
    public static MembershipSettings of(String cluster, Discovery discovery) {
        return new MembershipSettings(
                cluster,
                discovery,
                5701,
                List.of(),
                Duration.ofSeconds(6),
                Duration.ofSeconds(5),
                Duration.ofSeconds(1),
                null);
    }

    /** Reads the sections {@code membership} and {@code fleet}, the same for workers and gateways. */
    public static MembershipSettings read(SettingsSection section, SettingsSection fleet) {
        Found found = section.choice("discovery", Found.NONE, Found.class);
        List<String> names = section.list("names", List.of());
        List<String> members = section.list("members", List.of());
        Discovery discovery = switch (found) {
            case NONE -> new Discovery.None();
            case LOOPBACK -> new Discovery.Loopback();
            case NAMES -> new Discovery.Names(names);
            case MEMBERS -> new Discovery.Addresses(members);
        };
        if (found == Found.NAMES && names.isEmpty()) {
            section.mistake("names", null, "must list at least one DNS name where discovery is names");
        }
        if (found == Found.MEMBERS && (members.isEmpty() || !members.stream().allMatch(MembershipSettings::isMember))) {
            section.mistake(
                    "members",
                    members.toString(),
                    "must list HOST or HOST:PORT at least once where discovery is members");
        }
        return new MembershipSettings(
                section.text("cluster", "phi-fleet"),
                discovery,
                section.integer("port", 5701, 1, 65_535 - LOOPBACK_PORTS),
                section.list("interfaces", List.of()),
                Duration.ofMillis(section.integer("heartbeat-timeout-ms", 6_000, 3_000, 300_000)),
                Duration.ofMillis(section.integer("merge-delay-ms", 5_000, 1_000, 300_000)),
                Duration.ofMillis(section.integer("leave-timeout-ms", 1_000, 0, 60_000)),
                secret(fleet));
    }

    private static @Nullable FleetSecret secret(SettingsSection fleet) {
        String text = fleet.optionalText("secret");
        if (text == null) {
            return null;
        }
        if (text.length() < FleetSecret.LEAST_CHARACTERS) {
            fleet.mistake("secret", null, "must have at least " + FleetSecret.LEAST_CHARACTERS + " characters");
            return null;
        }
        return new FleetSecret(text);
    }

    private static boolean isMember(String member) {
        return member.matches("[^:\\s]+(:[1-9][0-9]{0,4})?");
    }

    /** The values of {@code discovery} in a settings file. */
    private enum Found {
        NONE,
        LOOPBACK,
        NAMES,
        MEMBERS
    }
}
