package phifleet.membership;

import java.time.Duration;
import java.util.List;
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
 * @param mergeDelay pause between looks for other parts of the fleet, after starting apart or being cut off
 * @param leaveTimeout how long leaving waits; the others notice within some 400 ms
 */
public record MembershipSettings(
        String cluster,
        Discovery discovery,
        int port,
        List<String> interfaces,
        Duration heartbeatTimeout,
        Duration mergeDelay,
        Duration leaveTimeout) {
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
                Duration.ofSeconds(1));
    }

    /** Reads the {@code membership} section, the same one for workers and gateways. */
    public static MembershipSettings read(SettingsSection section) {
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
                Duration.ofSeconds(section.integer("heartbeat-timeout-s", 6, 3, 300)),
                Duration.ofSeconds(section.integer("merge-delay-s", 5, 1, 300)),
                Duration.ofMillis(section.integer("leave-timeout-ms", 1_000, 0, 60_000)));
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
