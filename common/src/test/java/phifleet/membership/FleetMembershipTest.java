package phifleet.membership;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import phifleet.common.WorkerCard;

/** Real members on the loopback interface, each test in a cluster of its own. */
@Timeout(60)
class FleetMembershipTest {
    private static MembershipSettings loopback() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            int port = Math.min(free.getLocalPort(), 65_535 - MembershipSettings.LOOPBACK_PORTS);
            return new MembershipSettings(
                    "test-" + UUID.randomUUID(),
                    new Discovery.Loopback(),
                    port,
                    List.of(),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    null);
        }
    }

    private static WorkerCard card(String id) {
        return new WorkerCard(id, URI.create("http://127.0.0.1:8000"), List.of(), "0.1.0", "cpu");
    }

    /** Waits for a list of that kind; lists before it are skipped. */
    private static List<String> await(BlockingQueue<List<WorkerCard>> lists, Predicate<List<String>> wanted)
            throws InterruptedException {
        @Nullable List<String> last = null;
        for (int i = 0; i < 50; i++) {
            List<WorkerCard> next = lists.poll(20, TimeUnit.SECONDS);
            if (next == null) {
                break;
            }
            last = next.stream().map(WorkerCard::id).sorted().toList();
            if (wanted.test(last)) {
                return last;
            }
        }
        throw new AssertionError("the wanted list did not come; the last was " + last);
    }

    @Test
    void watch_seesWorkersJoinAndLeave() throws Exception {
        MembershipSettings settings = loopback();
        BlockingQueue<List<WorkerCard>> lists = new LinkedBlockingQueue<>();
        FleetMembership first = FleetMembership.join(card("first"), settings);
        assertThat(first.awaitJoined(Duration.ofSeconds(20))).isTrue();
        try (FleetWatch watch = FleetWatch.start(settings, lists::add)) {
            assertThat(watch).isNotNull();
            assertThat(await(lists, ids -> !ids.isEmpty())).containsExactly("first");

            FleetMembership second = FleetMembership.join(card("second"), settings);
            await(lists, ids -> ids.equals(List.of("first", "second")));

            first.leave();
            await(lists, ids -> ids.equals(List.of("second")));
            second.leave();
            await(lists, List::isEmpty);
        }
    }

    @Test
    void workers_hearOfEachOther() throws Exception {
        MembershipSettings settings = loopback();
        BlockingQueue<List<WorkerCard>> lists = new LinkedBlockingQueue<>();
        FleetMembership first = FleetMembership.join(card("first"), settings, lists::add);
        await(lists, ids -> ids.equals(List.of("first")));
        FleetMembership second = FleetMembership.join(card("second"), settings);
        await(lists, ids -> ids.equals(List.of("first", "second")));

        second.leave();
        await(lists, ids -> ids.equals(List.of("first")));
        first.leave();
    }

    @Test
    void twoGateways_startedAtOnce_seeTheSameWorkers() throws Exception {
        MembershipSettings settings = loopback();
        BlockingQueue<List<WorkerCard>> one = new LinkedBlockingQueue<>();
        BlockingQueue<List<WorkerCard>> other = new LinkedBlockingQueue<>();
        try (FleetWatch a = FleetWatch.start(settings, one::add);
                FleetWatch b = FleetWatch.start(settings, other::add)) {
            assertThat(a).isNotSameAs(b);
            FleetMembership worker = FleetMembership.join(card("w"), settings);
            await(one, ids -> ids.equals(List.of("w")));
            await(other, ids -> ids.equals(List.of("w")));
            worker.leave();
        }
    }

    @Test
    void join_withoutDiscovery_staysAloneAndLeavesAtOnce() {
        FleetMembership alone = FleetMembership.join(card("w"), MembershipSettings.of("c", new Discovery.None()));

        long start = System.nanoTime();
        alone.leave();

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
    }

    @Test
    void join_portTaken_neitherThrowsNorBlocks() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            MembershipSettings settings = new MembershipSettings(
                    "test-" + UUID.randomUUID(),
                    new Discovery.Addresses(List.of("127.0.0.1")),
                    taken.getLocalPort(),
                    List.of("127.0.0.1"),
                    Duration.ofSeconds(5),
                    Duration.ofSeconds(1),
                    Duration.ofSeconds(1),
                    null);

            FleetMembership membership = FleetMembership.join(card("w"), settings);

            assertThat(membership.awaitJoined(Duration.ofSeconds(3))).isFalse();
            membership.leave();
        }
    }
}
