package phifleet.membership;

import com.hazelcast.config.Config;
import com.hazelcast.config.InterfacesConfig;
import com.hazelcast.config.JoinConfig;
import com.hazelcast.config.NetworkConfig;
import com.hazelcast.core.Hazelcast;
import com.hazelcast.core.HazelcastInstance;
import java.time.Duration;
import java.util.Map;

/**
 * Starts a Hazelcast member tuned for one purpose: knowing within seconds who is there.
 *
 * <p>Every member is a lite one: no data lives in the fleet, so there are no partitions to move when it changes. A closed
 * connection (a killed process) is seen at once; a frozen process by its silence. Parts of a fleet that started apart, or
 * were cut off, look for each other all the time.
 */
final class HazelcastMember {
    private HazelcastMember() {}

    /** Blocks until the member has joined the others, or found none, at most some ten seconds. */
    static HazelcastInstance start(MembershipSettings settings, Map<String, String> attributes) {
        return Hazelcast.newHazelcastInstance(config(settings, attributes));
    }

    private static Config config(MembershipSettings settings, Map<String, String> attributes) {
        Config config = Config.loadFromString("hazelcast: {}");
        config.setClusterName(settings.cluster());
        config.setLiteMember(true);
        attributes.forEach(config.getMemberAttributeConfig()::setAttribute);
        network(settings, config.getNetworkConfig());
        Map.ofEntries(
                        Map.entry("hazelcast.discovery.enabled", "true"),
                        Map.entry("hazelcast.logging.type", "slf4j"),
                        Map.entry("hazelcast.phone.home.enabled", "false"),
                        Map.entry("hazelcast.socket.bind.any", "false"),
                        Map.entry("hazelcast.shutdownhook.enabled", "false"),
                        Map.entry("hazelcast.wait.seconds.before.join", "0"),
                        Map.entry("hazelcast.max.join.seconds", "10"),
                        Map.entry("hazelcast.mastership.claim.timeout.seconds", "10"),
                        Map.entry("hazelcast.socket.connect.timeout.seconds", "1"),
                        Map.entry("hazelcast.heartbeat.interval.seconds", "1"),
                        Map.entry("hazelcast.max.no.heartbeat.seconds", seconds(settings.heartbeatTimeout())),
                        Map.entry("hazelcast.merge.first.run.delay.seconds", seconds(settings.mergeDelay())),
                        Map.entry("hazelcast.merge.next.run.delay.seconds", seconds(settings.mergeDelay())),
                        Map.entry("hazelcast.graceful.shutdown.max.wait", seconds(settings.leaveTimeout())),
                        // Few threads: a fleet member runs no operations on data.
                        Map.entry("hazelcast.operation.thread.count", "1"),
                        Map.entry("hazelcast.operation.generic.thread.count", "2"),
                        Map.entry("hazelcast.event.thread.count", "1"),
                        Map.entry("hazelcast.io.thread.count", "1"))
                .forEach(config::setProperty);
        return config;
    }

    private static void network(MembershipSettings settings, NetworkConfig network) {
        boolean loopback = settings.discovery() instanceof Discovery.Loopback;
        network.setPort(settings.port());
        network.setPortAutoIncrement(loopback);
        network.setPortCount(loopback ? MembershipSettings.LOOPBACK_PORTS : 1);
        JoinConfig join = network.getJoin();
        join.getAutoDetectionConfig().setEnabled(false);
        join.getMulticastConfig().setEnabled(false);
        join.getDiscoveryConfig().addDiscoveryStrategyConfig(MemberAddresses.config(settings));
        InterfacesConfig interfaces = network.getInterfaces();
        if (loopback) {
            interfaces.setEnabled(true).addInterface("127.0.0.1");
        } else if (!settings.interfaces().isEmpty()) {
            interfaces.setEnabled(true).setInterfaces(settings.interfaces());
        }
    }

    private static String seconds(Duration duration) {
        return Long.toString(Math.max(1, duration.toSeconds()));
    }
}
