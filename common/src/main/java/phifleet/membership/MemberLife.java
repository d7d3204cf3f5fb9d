package phifleet.membership;

import com.hazelcast.core.HazelcastInstance;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A process's time in the fleet's cluster, on a thread of its own: it joins, tries again where that fails, and leaves.
 *
 * <p>Parts of a cluster that were separated find each other again by Hazelcast's own means. A member that cannot, since
 * something in it has stopped, ends up alone for good, and one whose Hazelcast has ended itself is in no cluster at all.
 * Either is started anew; a lone one only where somebody answers at one of the fleet's other addresses, and ever more
 * seldom where that does not help.
 */
final class MemberLife {
    private static final Logger LOG = LoggerFactory.getLogger(MemberLife.class);
    private static final Duration LEAST_PAUSE_AFTER_FAILURE = Duration.ofSeconds(1);

    /** As long as an attempt to join, in which members that wait for each other's decision can stay in each other's way. */
    private static final Duration MOST_PAUSE_AFTER_FAILURE = Duration.ofSeconds(15);

    /** Several probes of Hazelcast's own for the rest of the fleet, and as many changes of what DNS says. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final Duration MOST_PATIENCE = Duration.ofMinutes(10);
    private static final Duration BETWEEN_PROBES = Duration.ofSeconds(1);

    private final MembershipSettings settings;
    private final Map<String, String> attributes;
    private final Consumer<HazelcastInstance> joined;
    private final CountDownLatch ending = new CountDownLatch(1);
    private final Duration firstPatience;
    private final Thread thread;
    private Duration patience;

    /** As {@link #begin} does; {@code patience} is how long a member may at first be alone while others answer. */
    MemberLife(
            String name,
            MembershipSettings settings,
            Map<String, String> attributes,
            Consumer<HazelcastInstance> joined,
            Duration patience) {
        this.settings = settings;
        this.attributes = attributes;
        this.joined = joined;
        this.firstPatience = patience;
        this.patience = patience;
        this.thread = Thread.ofPlatform().daemon().name(name).start(this::live);
    }

    /**
     * Starts in the background, and returns at once.
     *
     * @param name of the thread
     * @param attributes of the member
     * @param joined gets each member that has joined, on that thread
     */
    static MemberLife begin(
            String name,
            MembershipSettings settings,
            Map<String, String> attributes,
            Consumer<HazelcastInstance> joined) {
        return new MemberLife(name, settings, attributes, joined, PATIENCE);
    }

    /** Leaves, and waits for that at most {@link MembershipSettings#leaveTimeout()}. Safe to call again. */
    void end() {
        ending.countDown();
        try {
            thread.join(settings.leaveTimeout());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private boolean isEnding() {
        return ending.getCount() == 0;
    }

    private void live() {
        if (settings.discovery() instanceof Discovery.None) {
            return;
        }
        if (settings.secret() == null && !(settings.discovery() instanceof Discovery.Loopback)) {
            LOG.warn(
                    "fleet.secret (PHI_FLEET_SECRET) is not set: whoever reaches port {} of this network can take the"
                            + " fleet's traffic and its API key",
                    settings.port());
        }
        int failures = 0;
        try {
            while (!isEnding()) {
                try {
                    beMember();
                    failures = 0;
                } catch (RuntimeException e) {
                    LOG.warn("membership of the fleet {} failed: {}", settings.cluster(), e.toString());
                    ending.await(pauseMillis(++failures), TimeUnit.MILLISECONDS);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * A part of what doubles with each failure, by chance: members that start together and fail together would otherwise try again
     * together for ever. While the others rest one of them finds nobody, and is there when they come.
     */
    private static long pauseMillis(int failures) {
        long most = Math.min(
                MOST_PAUSE_AFTER_FAILURE.toMillis(),
                LEAST_PAUSE_AFTER_FAILURE.toMillis() << Math.min(failures + 1, 10));
        return ThreadLocalRandom.current().nextLong(LEAST_PAUSE_AFTER_FAILURE.toMillis(), most);
    }

    private void beMember() throws InterruptedException {
        HazelcastInstance member = HazelcastMember.start(settings, attributes);
        try {
            joined.accept(member);
            stay(member);
        } finally {
            if (isEnding()) {
                member.shutdown();
            } else {
                // Nobody is there to take leave of, and something in it may be stuck.
                member.getLifecycleService().terminate();
            }
        }
    }

    /** Returns when the member is to leave, and when it is of no use any more. */
    private void stay(HazelcastInstance member) throws InterruptedException {
        // Alone is no fault while nobody else is there. And who has just started answers before it has joined.
        long passedOverSince = System.nanoTime();
        while (!ending.await(BETWEEN_PROBES.toMillis(), TimeUnit.MILLISECONDS)) {
            if (!member.getLifecycleService().isRunning()) {
                LOG.warn("the membership of the fleet {} has ended by itself: joining again", settings.cluster());
                return;
            }
            if (member.getCluster().getMembers().size() > 1) {
                passedOverSince = System.nanoTime();
                patience = firstPatience;
                continue;
            }
            if (!MemberAddresses.othersAnswer(
                    settings, member.getCluster().getLocalMember().getAddress())) {
                passedOverSince = System.nanoTime();
                continue;
            }
            Duration passedOver = Duration.ofNanos(System.nanoTime() - passedOverSince);
            if (passedOver.compareTo(patience) > 0) {
                LOG.warn(
                        "alone in the fleet {} for {} s while others are there: joining again",
                        settings.cluster(),
                        passedOver.toSeconds());
                Duration twice = patience.multipliedBy(2);
                patience = twice.compareTo(MOST_PATIENCE) < 0 ? twice : MOST_PATIENCE;
                return;
            }
        }
    }
}
