package phifleet.membership;

import com.hazelcast.core.HazelcastInstance;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import phifleet.common.WorkerCard;

/**
 * A worker's place in the fleet. To be a member means "ready to take traffic": join once every model is loaded and
 * checked, leave before draining.
 *
 * <p>Joining goes on in the background and starts again when it fails: a worker serves alone for as long as it must. No
 * method throws, and none blocks longer than {@link MembershipSettings#leaveTimeout()}.
 */
public final class FleetMembership {
    private static final Logger LOG = LoggerFactory.getLogger(FleetMembership.class);
    private static final Duration PAUSE_AFTER_FAILURE = Duration.ofSeconds(2);

    private final MembershipSettings settings;
    private final CountDownLatch joined = new CountDownLatch(1);
    private final CountDownLatch left = new CountDownLatch(1);
    private final Thread thread;

    private FleetMembership(MembershipSettings settings, Map<String, String> attributes) {
        this.settings = settings;
        this.thread = Thread.ofPlatform().daemon().name("fleet-membership").start(() -> stayIn(attributes));
    }

    /** Announces the worker, and goes on trying in the background until {@link #leave()}. Returns at once. */
    public static FleetMembership join(WorkerCard card, MembershipSettings settings) {
        return new FleetMembership(settings, CardAttributes.of(card));
    }

    /** Waits until the worker is announced; false where that took longer. Nobody needs to wait. */
    public boolean awaitJoined(Duration timeout) throws InterruptedException {
        return joined.await(timeout.toMillis(), TimeUnit.MILLISECONDS);
    }

    /**
     * Takes the worker out of the fleet. When this returns the others know, by the closed connection; what Hazelcast still
     * has to tidy goes on in the background. Safe to call again.
     */
    public void leave() {
        left.countDown();
        try {
            thread.join(settings.leaveTimeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void stayIn(Map<String, String> attributes) {
        try {
            if (settings.discovery() instanceof Discovery.None) {
                return;
            }
            @Nullable HazelcastInstance member = null;
            while (member == null && left.getCount() > 0) {
                member = start(attributes);
            }
            if (member != null) {
                joined.countDown();
                left.await();
                member.shutdown();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.warn("leaving the fleet failed, and the others will miss this worker's heartbeat instead", e);
        }
    }

    private @Nullable HazelcastInstance start(Map<String, String> attributes) throws InterruptedException {
        try {
            return HazelcastMember.start(settings, attributes);
        } catch (RuntimeException e) {
            LOG.warn("joining the fleet {} failed, and is tried again: {}", settings.cluster(), e.toString());
            left.await(PAUSE_AFTER_FAILURE.toMillis(), TimeUnit.MILLISECONDS);
            return null;
        }
    }
}
