package phifleet.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import phifleet.common.WorkerCard;
import phifleet.common.settings.SettingsReader;
import phifleet.common.settings.SettingsSection;
import phifleet.gateway.balance.BalancingPolicy;
import phifleet.gateway.balance.DirectorySettings;
import phifleet.gateway.balance.EjectionRule;
import phifleet.gateway.balance.LeastConnections;
import phifleet.gateway.balance.PowerOfTwo;
import phifleet.gateway.demand.DemandSettings;
import phifleet.gateway.http.GatewayServer;
import phifleet.gateway.http.proxy.ProxySettings;
import phifleet.http.EdgeSettings;
import phifleet.http.caller.ApiKey;
import phifleet.http.caller.NamedKey;
import phifleet.membership.MembershipSettings;

/**
 * All settings of a gateway.
 *
 * @param server how it serves
 * @param directory how it judges workers
 * @param membership how it finds workers
 * @param workers workers of fixed addresses, beside those that it finds
 * @param warmUpRequests how many it sends through itself before it listens
 * @param drain the longest that open requests may take when it is told to stop
 */
public record GatewaySettings(
        GatewayServer.Settings server,
        DirectorySettings directory,
        MembershipSettings membership,
        List<WorkerCard> workers,
        int warmUpRequests,
        Duration drain) {

    /** Reads everything; mistakes are the reader's to report. */
    public static GatewaySettings read(SettingsReader reader) {
        SettingsSection root = reader.root();
        SettingsSection fleet = root.section("fleet");
        return new GatewaySettings(
                server(root),
                directory(root.section("directory"), fleet),
                MembershipSettings.read(root.section("membership"), fleet),
                workers(root),
                root.integer("warm-up-requests", 2_000, 0, 10_000_000),
                Duration.ofMillis(root.number("drain-timeout-ms", 30_000, 0, 86_400_000)));
    }

    private static GatewayServer.Settings server(SettingsSection root) {
        @Nullable String apiKey = root.optionalText("api-key");
        SettingsSection http = root.section("http");
        SettingsSection retry = root.section("retry");
        SettingsSection proxying = root.section("proxy");
        EdgeSettings edge = edge(apiKey, NamedKey.read(root, apiKey), root.optionalText("admin-key"), http, proxying);
        ProxySettings proxy = proxy(proxying, retry);
        Policy policy = root.choice("policy", Policy.LEAST_CONNECTIONS, Policy.class);
        return new GatewayServer.Settings(
                http.text("host", "0.0.0.0"),
                http.integer("port", 8080, 0, 65_535),
                root.section("grpc").integer("port", GatewayServer.NO_GRPC, GatewayServer.NO_GRPC, 65_535),
                http.integer("event-loops", Runtime.getRuntime().availableProcessors(), 1, 1_024),
                edge,
                apiKey,
                retry.decimal("share", 0.2, 0, 1),
                retry.decimal("per-second", 10, 0, 1_000),
                proxy,
                demand(root.section("demand")),
                policy::create,
                LinkSettings.read(root.section("links")));
    }

    private static DemandSettings demand(SettingsSection demand) {
        DemandSettings usual = DemandSettings.DEFAULT;
        int min = demand.integer("min", usual.min(), 0, 10_000);
        int max = demand.integer("max", usual.max(), 1, 10_000);
        if (min > max) {
            demand.mistake("min", Integer.toString(min), "must be at most max, which is " + max);
        }
        return new DemandSettings(
                Math.min(min, max),
                max,
                demand.decimal("target", usual.target(), 0.05, 1),
                millis(demand, "clear-in-ms", usual.clearIn(), 100),
                millis(demand, "down-after-ms", usual.downAfter(), 0),
                millis(demand, "idle-ms", usual.idle(), 1_000),
                millis(demand, "wake-ms", usual.wake(), 0));
    }

    private static Duration millis(SettingsSection section, String key, Duration usual, long least) {
        return Duration.ofMillis(section.number(key, usual.toMillis(), least, 86_400_000));
    }

    private static EdgeSettings edge(
            @Nullable String apiKey,
            List<NamedKey> keys,
            @Nullable String adminKey,
            SettingsSection http,
            SettingsSection proxy) {
        long most = proxy.number("max-request-timeout-ms", 600_000, 1, 86_400_000);
        long usual = proxy.number("request-timeout-ms", 300_000, 1, 86_400_000);
        if (usual > most) {
            proxy.mistake(
                    "request-timeout-ms",
                    Long.toString(usual),
                    "must be at most max-request-timeout-ms, which is " + most);
        }
        return new EdgeSettings(
                apiKey == null ? null : new ApiKey(apiKey),
                keys,
                adminKey == null ? null : new ApiKey(adminKey),
                http.list("cors-origins", List.of()),
                proxy.number("max-body-bytes", 64L * 1024 * 1024, 1, 1L << 40),
                Duration.ofMillis(proxy.number("body-timeout-ms", 60_000, 1, 86_400_000)),
                http.integer("body-bytes-per-second", 4_096, 0, 1 << 30),
                Duration.ofMillis(usual),
                Duration.ofMillis(most));
    }

    private static ProxySettings proxy(SettingsSection proxy, SettingsSection retry) {
        ProxySettings usual = ProxySettings.DEFAULT;
        return new ProxySettings(
                proxy.integer("buffer-bytes", usual.bufferBytes(), 0, 1 << 30),
                proxy.integer("hold-bytes", usual.holdBytes(), 0, 1 << 24),
                Duration.ofMillis(
                        proxy.number("wait-for-worker-ms", usual.waitForWorker().toMillis(), 0, 600_000)),
                Duration.ofMillis(proxy.number(
                        "connect-timeout-ms", usual.connectTimeout().toMillis(), 1, 60_000)),
                Duration.ofMillis(
                        proxy.number("keep-alive-ms", usual.keepAlive().toMillis(), 1_000, 3_600_000)),
                retry.integer("attempts", usual.attempts(), 1, 100));
    }

    private static DirectorySettings directory(SettingsSection directory, SettingsSection fleet) {
        DirectorySettings usual = DirectorySettings.DEFAULT;
        SettingsSection ejection = directory.section("ejection");
        EjectionRule rule = usual.ejection();
        return new DirectorySettings(
                new EjectionRule(
                        ejection.integer("failures-in-a-row", rule.failuresInARow(), 1, 1_000_000),
                        Duration.ofMillis(ejection.number(
                                "first-time-ms", rule.firstTime().toMillis(), 1, 3_600_000)),
                        Duration.ofMillis(
                                ejection.number("longest-ms", rule.longest().toMillis(), 1, 3_600_000)),
                        ejection.decimal("most-share", rule.mostShare(), 0, 1)),
                directory.integer("max-in-flight", usual.maxInFlight(), 1, 10_000),
                Duration.ofMillis(
                        directory.number("dead-after-ms", usual.deadAfter().toMillis(), 1, 3_600_000)),
                Duration.ofMillis(
                        directory.number("keep-last-ms", usual.keepLast().toMillis(), 0, 3_600_000)),
                Duration.ofMillis(
                        directory.number("show-gone-ms", usual.showGone().toMillis(), 0, 3_600_000)),
                fleet.integer("expected-workers", usual.expectedWorkers(), 0, 100_000));
    }

    private static List<WorkerCard> workers(SettingsSection root) {
        List<WorkerCard> cards = new ArrayList<>();
        for (String url : root.list("workers", List.of())) {
            try {
                URI uri = URI.create(url);
                String id = (uri.getHost() + "-" + uri.getPort()).replace(':', '.');
                cards.add(new WorkerCard(id, uri, List.of(), "unknown", "unknown"));
            } catch (IllegalArgumentException e) {
                root.mistake("workers", url, "must list addresses like http://HOST:PORT");
            }
        }
        return cards;
    }

    /** The policies that {@code policy} can name. A new one is a line here and a file in {@code balance}. */
    private enum Policy {
        LEAST_CONNECTIONS,
        POWER_OF_TWO;

        BalancingPolicy create(RandomGenerator random) {
            return switch (this) {
                case LEAST_CONNECTIONS -> new LeastConnections(random);
                case POWER_OF_TWO -> new PowerOfTwo(random);
            };
        }
    }
}
