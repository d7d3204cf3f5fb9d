package phifleet.membership;

import com.hazelcast.cluster.Address;
import com.hazelcast.config.DiscoveryStrategyConfig;
import com.hazelcast.config.properties.PropertyDefinition;
import com.hazelcast.logging.ILogger;
import com.hazelcast.spi.discovery.AbstractDiscoveryStrategy;
import com.hazelcast.spi.discovery.DiscoveryNode;
import com.hazelcast.spi.discovery.DiscoveryStrategy;
import com.hazelcast.spi.discovery.DiscoveryStrategyFactory;
import com.hazelcast.spi.discovery.SimpleDiscoveryNode;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.Socket;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where other members may be. Hazelcast's own ways know one DNS name (Kubernetes) or one address of a name (TCP/IP); this
 * unites all addresses of several names, asked anew each time.
 */
final class MemberAddresses extends AbstractDiscoveryStrategy {
    /** Turns a name into all its addresses. */
    interface Resolver {
        InetAddress[] addressesOf(String name) throws UnknownHostException;
    }

    private static final int CONNECT_MILLIS = 500;

    private static final int OTHER_NAMES_MILLIS = 500;

    /** One that has just bound its port answers once it takes connections. */
    private static final int ANSWER_MILLIS = 1_500;

    /** What members of Hazelcast say to each other first, and answer with. */
    private static final byte[] GREETING = {'H', 'Z', 'C'};

    private final MembershipSettings settings;
    private final Resolver resolver;

    private MemberAddresses(MembershipSettings settings, Resolver resolver, ILogger logger) {
        super(logger, Map.of());
        this.settings = settings;
        this.resolver = resolver;
    }

    static DiscoveryStrategyConfig config(MembershipSettings settings) {
        return new DiscoveryStrategyConfig(new Factory(settings));
    }

    @Override
    public Iterable<DiscoveryNode> discoverNodes() {
        return members(find(settings, resolver)).stream()
                .<DiscoveryNode>map(SimpleDiscoveryNode::new)
                .toList();
    }

    /**
     * Those of the addresses where a member speaks. At one where nobody does, Hazelcast waits five seconds when it looks for a part of the
     * fleet that was cut off; and one where somebody takes connections and is silent, a program of another kind or a frozen member,
     * keeps all others from joining for as long as it is there.
     */
    private static List<Address> members(Collection<Address> addresses) {
        List<Future<Optional<Address>>> asked = new ArrayList<>();
        try (ExecutorService all = Executors.newVirtualThreadPerTaskExecutor()) {
            addresses.forEach(
                    address -> asked.add(all.submit(() -> Optional.of(address).filter(MemberAddresses::isMember))));
        }
        return asked.stream().flatMap(one -> one.resultNow().stream()).toList();
    }

    private static boolean isMember(Address address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address.getInetAddress(), address.getPort()), CONNECT_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write(GREETING);
            return Arrays.equals(socket.getInputStream().readNBytes(GREETING.length), GREETING);
        } catch (IOException e) {
            return false;
        }
    }

    /** All addresses at which a member may be. A name that is not known gives none. */
    static Set<Address> find(MembershipSettings settings, Resolver resolver) {
        return switch (settings.discovery()) {
            case Discovery.None() -> Set.of();
            case Discovery.Loopback() ->
                IntStream.range(settings.port(), settings.port() + MembershipSettings.LOOPBACK_PORTS)
                        .boxed()
                        .flatMap(port -> new Place("127.0.0.1", port).resolve(resolver).stream())
                        .collect(Collectors.toCollection(LinkedHashSet::new));
            case Discovery.Names(List<String> names) ->
                resolve(names.stream().map(name -> new Place(name, settings.port())), resolver);
            case Discovery.Addresses(List<String> members) ->
                resolve(members.stream().map(member -> Place.of(member, settings.port())), resolver);
        };
    }

    /**
     * Looks all up at once. Once one has addresses the others have {@value #OTHER_NAMES_MILLIS} ms: Docker's DNS asks the servers of the
     * world for a service of which no task is healthy yet, and where there are none, that takes five seconds.
     */
    private static Set<Address> resolve(Stream<Place> places, Resolver resolver) {
        CompletableFuture<Void> known = new CompletableFuture<>();
        List<CompletableFuture<List<Address>>> asked = places.map(place -> CompletableFuture.supplyAsync(
                                () -> place.resolve(resolver),
                                look -> Thread.ofPlatform()
                                        .daemon()
                                        .name("member names")
                                        .start(look))
                        .whenComplete((addresses, fault) -> {
                            if (fault == null && !addresses.isEmpty()) {
                                known.complete(null);
                            }
                        }))
                .toList();
        CompletableFuture<Void> all = CompletableFuture.allOf(asked.toArray(CompletableFuture[]::new));
        CompletableFuture.anyOf(known, all).join();
        all.completeOnTimeout(null, OTHER_NAMES_MILLIS, TimeUnit.MILLISECONDS).join();
        Set<Address> found = new LinkedHashSet<>();
        asked.forEach(one -> found.addAll(one.getNow(List.of())));
        return found;
    }

    /** Whether a member speaks at an address of the fleet that is not this process's own. May take seconds. */
    static boolean othersAnswer(MembershipSettings settings, Address own) {
        return !members(find(settings, InetAddress::getAllByName).stream()
                        .filter(address -> !isOwn(address, own))
                        .toList())
                .isEmpty();
    }

    private static boolean isOwn(Address address, Address own) {
        try {
            return address.getPort() == own.getPort()
                    && NetworkInterface.getByInetAddress(address.getInetAddress()) != null;
        } catch (SocketException | UnknownHostException e) {
            return false;
        }
    }

    /** A name or an address, and a port. */
    private record Place(String name, int port) {
        static Place of(String member, int defaultPort) {
            int colon = member.lastIndexOf(':');
            return colon < 0
                    ? new Place(member, defaultPort)
                    : new Place(member.substring(0, colon), Integer.parseInt(member.substring(colon + 1)));
        }

        List<Address> resolve(Resolver resolver) {
            try {
                return Stream.of(resolver.addressesOf(name))
                        .map(address -> new Address(address, port))
                        .toList();
            } catch (UnknownHostException e) {
                // A service without a healthy task has no name in Swarm's DNS: normal at the first start.
                return List.of();
            }
        }
    }

    private record Factory(MembershipSettings settings) implements DiscoveryStrategyFactory {
        @Override
        public Class<? extends DiscoveryStrategy> getDiscoveryStrategyType() {
            return MemberAddresses.class;
        }

        @Override
        @SuppressWarnings("rawtypes") // Hazelcast's signature.
        public DiscoveryStrategy newDiscoveryStrategy(
                DiscoveryNode node, ILogger logger, Map<String, Comparable> properties) {
            return new MemberAddresses(settings, InetAddress::getAllByName, logger);
        }

        @Override
        public Collection<PropertyDefinition> getConfigurationProperties() {
            return List.of();
        }
    }
}
