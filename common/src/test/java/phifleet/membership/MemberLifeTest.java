package phifleet.membership;

import static org.assertj.core.api.Assertions.assertThat;

import com.hazelcast.core.HazelcastInstance;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Real members on the loopback interface that Hazelcast itself does not bring together within the test's time. */
@Timeout(60)
class MemberLifeTest {
    private static final Duration NEVER = Duration.ofHours(1);
    private static final Duration SOON = Duration.ofSeconds(1);

    private final String cluster = "test-" + UUID.randomUUID();
    private final BlockingQueue<HazelcastInstance> joined = new LinkedBlockingQueue<>();
    private @Nullable MemberLife one;
    private @Nullable MemberLife other;

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }

    private static ServerSocket listening(int port) throws IOException {
        return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
    }

    /** Says to each that comes what a member says first. */
    private static void greet(ServerSocket member) {
        while (!member.isClosed()) {
            try (Socket socket = member.accept()) {
                socket.getOutputStream().write("HZC".getBytes(StandardCharsets.US_ASCII));
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                // The next comes, or it is closed.
            }
        }
    }

    /** Who looks for others at that one address. */
    private MembershipSettings settings(int port, int others) {
        return new MembershipSettings(
                cluster,
                new Discovery.Addresses(List.of("127.0.0.1:" + others)),
                port,
                List.of("127.0.0.1"),
                Duration.ofSeconds(5),
                Duration.ofSeconds(300),
                SOON,
                null);
    }

    private MemberLife begin(MembershipSettings settings, Duration patience) {
        return new MemberLife("member", settings, Map.of(), joined::add, patience);
    }

    private HazelcastInstance next() throws InterruptedException {
        HazelcastInstance member = joined.poll(30, TimeUnit.SECONDS);
        assertThat(member).isNotNull();
        return member;
    }

    @AfterEach
    void leave() {
        for (MemberLife life : new MemberLife[] {one, other}) {
            if (life != null) {
                life.end();
            }
        }
    }

    @Test
    void alone_besideOthers_joinsAgain() throws Exception {
        int port = freePort();
        int others = freePort();
        one = begin(settings(port, others), SOON);
        HazelcastInstance stranded = next();
        assertThat(stranded.getCluster().getMembers()).hasSize(1);

        // It looks for others where nobody is, so that each is alone.
        other = begin(settings(others, others), NEVER);
        HazelcastInstance stays = next();
        HazelcastInstance again = next();

        assertThat(stranded.getLifecycleService().isRunning()).isFalse();
        assertThat(again.getCluster().getMembers()).hasSize(2);
        assertThat(stays.getCluster().getMembers()).hasSize(2);
    }

    @Test
    void alone_besideNobody_stays() throws Exception {
        one = begin(settings(freePort(), freePort()), SOON);
        HazelcastInstance member = next();

        assertThat(joined.poll(4, TimeUnit.SECONDS)).isNull();
        assertThat(member.getLifecycleService().isRunning()).isTrue();
    }

    @Test
    void alone_longBeforeAnotherBegins_givesItTimeToJoin() throws Exception {
        int others = freePort();
        Duration patience = Duration.ofSeconds(3);
        one = begin(settings(freePort(), others), patience);
        HazelcastInstance member = next();
        Thread.sleep(patience.plus(SOON));

        try (ServerSocket begun = listening(others)) {
            Thread.ofVirtual().start(() -> greet(begun));
            assertThat(joined.poll(2, TimeUnit.SECONDS)).isNull();
            assertThat(member.getLifecycleService().isRunning()).isTrue();
        }
    }

    /** As a program of another kind is, or a member that is frozen. */
    @Test
    void besideSomebodySilent_joinsAndStays() throws Exception {
        try (ServerSocket silent = listening(0)) {
            one = begin(settings(freePort(), silent.getLocalPort()), SOON);
            HazelcastInstance member = next();

            assertThat(joined.poll(6, TimeUnit.SECONDS)).isNull();
            assertThat(member.getLifecycleService().isRunning()).isTrue();
        }
    }

    @Test
    void endedByItself_joinsAgain() throws Exception {
        one = begin(settings(freePort(), freePort()), NEVER);
        next().getLifecycleService().terminate();

        assertThat(next().getLifecycleService().isRunning()).isTrue();
    }

    @Test
    void end_leavesTheCluster() throws Exception {
        one = begin(settings(freePort(), freePort()), NEVER);
        HazelcastInstance member = next();

        one.end();

        assertThat(member.getLifecycleService().isRunning()).isFalse();
    }
}
