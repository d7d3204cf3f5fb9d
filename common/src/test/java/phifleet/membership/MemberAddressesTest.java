package phifleet.membership;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.cluster.Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class MemberAddressesTest {
    private static final Map<String, List<String>> DNS = Map.of(
            "tasks.worker", List.of("10.77.0.5", "10.77.0.6"),
            "tasks.gateway", List.of("10.77.0.6", "10.77.0.9"));

    private static InetAddress[] lookUp(String name) throws UnknownHostException {
        List<String> known = DNS.get(name);
        if (known == null && !Character.isDigit(name.charAt(0))) {
            throw new UnknownHostException(name);
        }
        List<String> addresses = known == null ? List.of(name) : known;
        InetAddress[] found = new InetAddress[addresses.size()];
        for (int i = 0; i < found.length; i++) {
            found[i] = InetAddress.getByName(addresses.get(i));
        }
        return found;
    }

    private static List<String> find(Discovery discovery) {
        return MemberAddresses.find(MembershipSettings.of("c", discovery), MemberAddressesTest::lookUp).stream()
                .map(MemberAddressesTest::text)
                .toList();
    }

    private static String text(Address address) {
        return address.getHost() + ":" + address.getPort();
    }

    @Test
    void find_severalNames_unitesAllTheirAddressesOnce() {
        assertThat(find(new Discovery.Names(List.of("tasks.worker", "tasks.gateway"))))
                .containsExactly("10.77.0.5:5701", "10.77.0.6:5701", "10.77.0.9:5701");
    }

    @Test
    void find_nameThatIsNotThereYet_givesTheOthers() {
        assertThat(find(new Discovery.Names(List.of("tasks.absent", "tasks.gateway"))))
                .containsExactly("10.77.0.6:5701", "10.77.0.9:5701");
    }

    @Test
    void find_nameWhoseServersAreSilent_isNotWaitedForOnceAnotherIsKnown() {
        CountDownLatch answered = new CountDownLatch(1);
        MemberAddresses.Resolver silent = name -> {
            if (name.equals("tasks.worker")) {
                try {
                    answered.await();
                } catch (InterruptedException e) {
                    throw new UnknownHostException(name);
                }
            }
            return lookUp(name);
        };
        MembershipSettings settings =
                MembershipSettings.of("c", new Discovery.Names(List.of("tasks.worker", "tasks.gateway")));
        try {
            assertThat(MemberAddresses.find(settings, silent).stream().map(MemberAddressesTest::text))
                    .containsExactly("10.77.0.6:5701", "10.77.0.9:5701");
        } finally {
            answered.countDown();
        }
    }

    @Test
    void find_fixedMembers_withAndWithoutPort() {
        assertThat(find(new Discovery.Addresses(List.of("10.0.0.1", "10.0.0.2:6000"))))
                .containsExactly("10.0.0.1:5701", "10.0.0.2:6000");
    }

    @Test
    void find_loopback_asksEveryPortOfTheRange() {
        assertThat(find(new Discovery.Loopback()))
                .hasSize(MembershipSettings.LOOPBACK_PORTS)
                .contains("127.0.0.1:5701", "127.0.0.1:5702");
    }
}
